"""Any two versions of a paper side by side: what went and what came, word by word."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from audit.words import moment
from decisions.forms.comparing import CompareForm
from decisions.models import (
    Content,
    Decision,
    PaperVersion,
    changes_between,
    paper_content,
    read_content,
)
from decisions.permissions import can_read_part_2
from decisions.views.access import decision_for, reader, record_reading
from decisions.views.differences import differences, sum_changes

NOW = "now"


@login_required
def decision_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed between two versions; of Part 2 only where, and that it did."""
    decision = decision_for(request, slug)
    return _compared(request, decision, _chosen(request, decision))


@login_required
def decision_compare_part_2(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it with the words of Part 2, to those who may read that; the reading is recorded."""
    decision = decision_for(request, slug)
    chosen = _chosen(request, decision)
    if not chosen.has_part_2:
        raise Http404
    record_reading(decision, reader(request))
    return _compared(request, decision, chosen, with_part_2=True)


@dataclass(frozen=True)
class Chosen:
    """The form, how many versions it offers, and the two contents that it names, if it does."""

    form: CompareForm
    offered: int
    pair: tuple[Content, Content] | None

    @property
    def has_part_2(self) -> bool:
        """Whether either has anything in Part 2."""
        return any(one["publication"]["has_part_2"] for one in self.pair or ())


def _chosen(request: HttpRequest, decision: Decision) -> Chosen:
    kept = {str(row.n): row for row in decision.versions.defer("content")}
    choices = [(n, f"Version {n}, {moment(row.made_at)}") for n, row in kept.items()]
    now = None if decision.is_frozen else paper_content(decision)
    last = decision.versions.order_by("-n").first()
    if now is not None and (last is None or read_content(last) != now):
        choices.append((NOW, "As it stands now, not submitted"))
    last_two = [name for name, _ in choices][-2:] or [""]
    first = _advised(request, decision, kept) or last_two[0]
    typed = {"before": first, "after": last_two[-1], **request.GET.dict()}
    form = CompareForm(typed, choices=choices)
    if not form.is_valid():
        return Chosen(form, len(choices), None)

    def content(name: str) -> Content:
        if name == NOW and now is not None:
            return now
        return read_content(kept[name])

    names = form.cleaned_data
    return Chosen(form, len(choices), (content(names["before"]), content(names["after"])))


def _advised(
    request: HttpRequest, decision: Decision, kept: Mapping[str, PaperVersion]
) -> str | None:
    """Return the version that its reader last advised on; None where they did not."""
    given = decision.advice.filter(given_by=reader(request)).order_by("-id")
    name = str(given.values_list("version__n", flat=True).first() or "")
    return name if name in [*kept][:-1] else None


def _compared(
    request: HttpRequest, decision: Decision, chosen: Chosen, *, with_part_2: bool = False
) -> HttpResponse:
    changes = changes_between(*chosen.pair) if chosen.pair else []
    context = {
        "decision": decision,
        "form": chosen.form,
        "is_compared": chosen.pair is not None,
        "has_one": chosen.offered < 2,
        "changes": differences(changes, with_part_2=with_part_2),
        "sums": sum_changes(changes, with_part_2=with_part_2),
        "with_part_2": with_part_2,
        "may_show_part_2": chosen.has_part_2 and can_read_part_2(reader(request), decision),
    }
    return render(request, "decisions/decision_compare.html", context)

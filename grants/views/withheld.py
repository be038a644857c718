"""Part 2 of spending lines: withheld, read on record, and released."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import Answer, no, yes
from accounts.refusals import NotPermitted
from grants import actions
from grants.documents import evidence_store
from grants.forms.withholding import ReleaseForm, WithholdForm, grounds_for
from grants.models import (
    Allocation,
    LineKind,
    SpendingImport,
    SpendingLine,
    Withheld,
    WithheldField,
)
from grants.permissions import can_release_words, can_withhold
from grants.views.access import allocation_for, line_for, money_page, reader, saved
from grants.views.answering import Crumbs, MoneyPage, answer
from grants.views.crumbs import place_of_line, to_allocation, to_line


def read_withheld(of: SpendingLine | Allocation, by: User) -> list[Withheld]:
    """Write down that what is withheld is read, before it is shown; 404 to those who may not.

    What is refused is on the audit trail too; to its reader there is no such page.
    """
    try:
        return actions.open_withheld(of=of, by=by)
    except NotPermitted:
        raise Http404 from None


def read_file(staged: SpendingImport, by: User) -> None:
    """Write down that a file is read whose rows withhold something; 404 to those who may not."""
    try:
        actions.open_file(staged=staged, by=by)
    except NotPermitted:
        raise Http404 from None


@never_cache
@require_safe
@money_page
def line_withheld(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is withheld of a line; a reading, and recorded first."""
    line = line_for(pk)
    return _shown(request, line, to_line(line), read_withheld(line, reader(request)))


@never_cache
@require_safe
@money_page
def allocation_withheld(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is withheld of all lines of an allocation: one reading, recorded first."""
    allocation = allocation_for(slug)
    rows = read_withheld(allocation, reader(request))
    return _shown(request, allocation, to_allocation(allocation), rows)


def _shown(
    request: HttpRequest, of: SpendingLine | Allocation, above: Crumbs, rows: list[Withheld]
) -> HttpResponse:
    crumbs = [("Home", "/"), *above, ("What is withheld", "")]
    context = {"of": of, "crumbs": crumbs, "rows": rows}
    return render(request, "grants/withheld_list.html", context)


def withheld_file(line: SpendingLine, by: User) -> HttpResponse:
    """Send evidence that is withheld to those who may read it; 404 to all others."""
    if not line.withheld.in_part_2().filter(field=WithheldField.EVIDENCE).exists():
        raise Http404
    rows = {row.field: row for row in read_withheld(line, by)}
    row = rows[WithheldField.EVIDENCE.value]
    return saved(evidence_store().get(row.sha256), row.words)


def open_fields(line: SpendingLine) -> list[tuple[str, str]]:
    """Return the fields of a line that could be put into Part 2, by name and label."""
    closed = set(line.withheld.in_part_2().values_list("field", flat=True))
    has_file = bool(line.evidence_sha256)
    there = {
        WithheldField.PAYEE: line.kind != LineKind.PAY,
        WithheldField.PURPOSE: True,
        WithheldField.EVIDENCE: has_file and WithheldField.FILE_NAME not in closed,
        WithheldField.FILE_NAME: has_file,
    }
    return [
        (one.value, one.label) for one, is_there in there.items() if is_there and one not in closed
    ]


def has_open_fields(line: SpendingLine) -> Answer:
    """Answer whether anything of a line could be put into Part 2."""
    return yes() if open_fields(line) else Answer(allowed=False)


@money_page
def line_withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what and on which ground, then put it into Part 2."""
    line, user = line_for(pk), reader(request)
    can_withhold(user).or_refuse_page(line)
    choices = open_fields(line)
    (yes() if choices else no("All of it is withheld.")).or_refuse_page(line)
    grounds = grounds_for(line.allocation.decision if line.allocation else None)
    form = WithholdForm(request.POST or None, choices=choices, grounds=grounds)
    page = MoneyPage(
        f"Withhold something of {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Withhold it",
        lead="Everybody sees the ground in its place. The sum, the dates and the category stay "
        "open. Whoever reads Part 2 of the decision can read it, and every reading is recorded.",
        done="Withheld.",
    )

    def put_away(form: WithholdForm) -> str:
        typed = form.cleaned_data
        actions.withhold(
            line=line,
            fields=typed["fields_chosen"],
            ground=typed["ground"],
            reason=typed["reason"],
            by=user,
        )
        return place_of_line(line)

    return answer(request, form, page, put_away)


@never_cache
@money_page
def line_words_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would become public, which is a reading; then release what is chosen."""
    line, user = line_for(pk), reader(request)
    can_release_words(user, line).or_refuse_page(line)
    rows = read_withheld(line, user)
    (yes() if rows else no(f"Nothing of {line.reference} is withheld.")).or_refuse_page(line)
    choices = [(row.field, f"{row.get_field_display()}: {row.words}") for row in rows]
    form = ReleaseForm(request.POST or None, choices=choices)
    page = MoneyPage(
        f"Release something of {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Release it",
        lead="Everybody who sees the line then sees these words, and so does the public wherever "
        "spending is published.",
        warning="What was once read cannot be withheld again from those who read it. Your reading "
        "of these words has been recorded.",
        done="Released.",
        is_grave=True,
    )

    def give_back(form: ReleaseForm) -> str:
        typed = form.cleaned_data
        actions.release_words(
            line=line, fields=typed["fields_chosen"], reason=typed["reason"], by=user
        )
        return place_of_line(line)

    return answer(request, form, page, give_back)

"""Conditions of decisions: due, overdue, discharged with evidence."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from audit import clock
from decisions.actions import discharge_condition
from decisions.documents.files import file_store
from decisions.forms.afterwards import ConditionFilterForm, DischargeForm, kept
from decisions.models import Condition, Decision, conditions_page, restricted_recommendations
from decisions.permissions_afterwards import can_discharge
from decisions.views.access import decision_for, is_inside, reader, record_reading
from decisions.views.answering import FormPage, answer, made_already

PAGE = 25


@dataclass(frozen=True)
class Row:
    """A condition as it is listed; its words are left out where they lie in Part 2."""

    condition: Condition
    decision: Decision
    is_restricted: bool
    is_overdue: bool

    @property
    def discharge(self) -> Any:
        """How it was met, if it was."""
        return getattr(self.condition, "discharge", None)


def rows_of(conditions: list[Condition]) -> list[Row]:
    """Return conditions as they are listed."""
    hidden = restricted_recommendations({one.outcome.approval.decision_id for one in conditions})
    today = clock.today()
    return [
        Row(
            one,
            one.outcome.approval.decision,
            one.outcome.recommendation_id in hidden,
            one.due_on is not None
            and one.due_on < today
            and getattr(one, "discharge", None) is None,
        )
        for one in conditions
    ]


@login_required
def condition_list(request: HttpRequest) -> HttpResponse:
    """List conditions of signed decisions by the day they are due."""
    if not is_inside(request):
        raise Http404
    user = reader(request)
    form = ConditionFilterForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = conditions_page(
        standing=wanted.get("standing", ""),
        owner=user if wanted.get("mine") else None,
        after=wanted.get("after", ""),
        size=PAGE,
    )
    older = ""
    if len(found) > PAGE:
        query = request.GET.copy()
        query["after"] = str(found[PAGE - 1].pk)
        older = f"?{query.urlencode()}"
    context = {"form": form, "rows": rows_of(found[:PAGE]), "older": older}
    return render(request, "decisions/condition_list.html", context)


@login_required
def condition_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a condition; whoever may, says that it was met, with the evidence."""
    decision, user = decision_for(request, slug), reader(request)
    row = _row(request, decision, pk)
    if made_already(request, decision) or not can_discharge(user, row.condition):
        context = {"row": row, "decision": decision, "why": can_discharge(user, row.condition)}
        return render(request, "decisions/condition_detail.html", context)
    page = FormPage(
        "Discharge a condition",
        decision,
        label="Discharge",
        back=reverse("condition_list"),
        lead=row.condition.text,
        done="Discharged.",
    )

    def discharge(typed: dict[str, Any]) -> str:
        file = kept(typed.pop("file"))
        discharge_condition(condition=row.condition, file=file, by=user, **typed)
        return reverse("condition_detail", args=[decision.slug, pk])

    form = DischargeForm(request.POST or None, request.FILES or None)
    return answer(request, form, page, discharge)


def _row(request: HttpRequest, decision: Decision, pk: int) -> Row:
    """Return a condition of the decision; one of Part 2 is a reading, or there is no such page."""
    rows = Condition.objects.filter(outcome__approval__decision=decision)
    rows = rows.select_related(
        "outcome__recommendation", "outcome__approval__decision__series", "owner", "discharge"
    )
    row = rows_of([get_object_or_404(rows, pk=pk)])[0]
    if row.is_restricted:
        record_reading(decision, reader(request))
    return row


@never_cache
@login_required
def condition_evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send the evidence of a discharge to be saved, as it was kept."""
    decision = decision_for(request, slug)
    discharge = _row(request, decision, pk).discharge
    if discharge is None:
        raise Http404
    answer = HttpResponse(file_store().get(discharge.sha256), content_type=discharge.content_type)
    name = content_disposition_header(as_attachment=True, filename=discharge.file_name)
    answer["Content-Disposition"] = name or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

"""Statements of expenditure: prepared, read, certified with a fresh second factor, and sent."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.forms import StepUpForm
from accounts.models import User
from accounts.permissions import Permission, no
from audit import clock
from audit.refusals import Refused
from decisions.documents.kept import document_store
from decisions.models import year_name
from decisions.views.cards import ActButton
from grants import actions
from grants.actions.expenditure import CERTIFY, certificate_digest
from grants.expenditure import ends_on, is_as_it_stands, unfinished
from grants.expenditure_shown import shown
from grants.forms.expenditure import CertifyForm, StatementForm
from grants.models import Award, CertifiedStatement, ExpenditureStatement
from grants.months import year_of
from grants.permissions import can_certify_statements, can_prepare_statements
from grants.search import entries_of, sums_accepted
from grants.views.access import money_page, reader
from grants.views.answering import Crumbs, MoneyPage, answer
from grants.views.crumbs import named, place_of_expenditure, to_award

CHANGED = "This is not the statement that the page showed. Read it again, then enter a new code."
WAYS = {
    "claim": ("Claims that are not finished", "Record what the funder paid, or withdraw the draft"),
    "approval": ("Lines that wait for approval", "Have a second person answer them"),
    "awaiting": ("Lines that await authority", "Charge them to an allocation, or reverse them"),
    "month": ("Months that are open", "Close them, once they are over"),
}


def statement_for(pk: int) -> ExpenditureStatement:
    """Return a statement; 404 when there is none, or its grant is not of Part 1."""
    figures = sums_accepted().values("pk")
    found = ExpenditureStatement.objects.with_people().filter(figure__in=figures)
    return get_object_or_404(found, pk=pk)


@money_page
def statement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a statement of expenditure of a grant, or of a year of it."""
    figure, user = get_object_or_404(sums_accepted(), pk=pk), reader(request)
    can_prepare_statements(user).or_refuse_page()
    years = _years(pk)
    form = StatementForm(request.POST or None, years=[(one, year_name(one)) for one in years])
    page = MoneyPage(
        "Prepare a statement of expenditure",
        reverse("award_detail", args=[pk]),
        to_award(figure),
        label="Prepare it",
        caption=named(figure),
        lead="It states what was spent and claimed as the register stands now. The chief finance"
        " officer, if another person, reads and certifies it.",
        done="Prepared. The chief finance officer can certify it.",
        template="grants/statement_new.html",
        context={"ways": _unfinished(figure, None)},
    )

    def make(form: StatementForm) -> str:
        typed = form.cleaned_data
        made = actions.prepare_statement(
            figure=figure, year=typed["year"], form_key=typed["form_key"], by=user
        )
        return place_of_expenditure(made)

    return answer(request, form, page, make)


def _years(figure: int) -> list[int]:
    """Return the financial years of a grant that are over, the latest first."""
    grant = sums_accepted().get(pk=figure)
    letter = Award.objects.filter(figure=figure).order_by("-n").first()
    start = letter.period_start if letter else grant.outcome.recommendation.period_start
    last = year_of(clock.today()) - 1
    ends = ends_on(grant, None)
    until = min(last, year_of(ends)) if ends else last
    first = year_of(start) if start else until
    return list(range(until, first - 1, -1))


def _unfinished(figure: Any, year: int | None) -> list[tuple[str, str, list[str]]]:
    return [(*WAYS[kind], names) for kind, names in unfinished(figure, year).items() if names]


@require_safe
@money_page
def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a statement just as it is, or was, certified."""
    statement, user = statement_for(pk), reader(request)
    return render(request, "grants/statement_detail.html", _context(statement, user))


def _context(statement: ExpenditureStatement, user: User) -> dict[str, Any]:
    certified = statement.certified if statement.is_certified else None
    return {
        "crumbs": [*_above(statement), (statement.reference, "")],
        "statement": statement,
        "shown": shown(statement.said),
        "certified": certified,
        "as_it_stands": statement.standing not in {"waiting", "current"}
        or is_as_it_stands(statement),
        "acts": _acts(user, statement),
        "seq": entries_of("grants_expenditurestatement", [statement.pk]).get(statement.pk),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }


def _above(statement: ExpenditureStatement) -> Crumbs:
    return [("Home", "/"), *to_award(statement.figure)]


def _acts(user: User, statement: ExpenditureStatement) -> list[ActButton]:
    acts = []
    if statement.standing == "waiting":
        certifying = can_certify_statements(user)
        if certifying and statement.prepared_by_id == user.pk:
            certifying = no("You prepared it.", clears="Another person certifies it.")
        url = reverse("statement_certify", args=[statement.pk])
        acts.append(ActButton("Certify it", url, certifying, is_main=True))
    anew = reverse("statement_new", args=[statement.figure_id])
    acts.append(ActButton("Prepare another", anew, can_prepare_statements(user)))
    return acts


@money_page
def statement_certify(request: HttpRequest, pk: int) -> HttpResponse:
    """Show exactly what is certified, and certify it with a fresh second factor."""
    statement, user = statement_for(pk), reader(request)
    can_certify_statements(user).or_refuse_page(statement)
    if statement.standing != "waiting":
        no(f"{statement.reference} is {statement.standing}.").or_refuse_page(statement)
    digest = certificate_digest(statement)
    is_same = request.POST.get("shown") == digest
    posted = request.POST if request.method == "POST" and is_same else None
    form = StepUpForm(posted, request=request, act_name=CERTIFY, digest=digest)
    keyed = CertifyForm(request.POST or None)
    if form.is_bound and keyed.is_valid() and form.is_valid():
        try:
            key = keyed.cleaned_data["form_key"]
            actions.certify_statement(statement=statement, proof=form.proof, form_key=key, by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(place_of_expenditure(statement))
    context = _context(statement, user) | {
        "form": form,
        "offer": form.offer,
        "crumbs": [
            *_above(statement),
            (statement.reference, place_of_expenditure(statement)),
            ("Certify", ""),
        ],
        "carried": [("shown", digest), ("form_key", request.POST.get("form_key") or uuid4())],
        "notice": CHANGED if request.method == "POST" and not is_same else "",
        "ways": _unfinished(statement.figure, statement.year),
    }
    return render(request, "grants/statement_certify.html", context)


@require_safe
@money_page
def statement_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the signed document of a certified statement."""
    statement = statement_for(pk)
    certified = get_object_or_404(CertifiedStatement, statement=statement)
    headers = {
        "Content-Disposition": f'inline; filename="{certified.file_name}"',
        "X-Content-Type-Options": "nosniff",
    }
    data = document_store().get(certified.sha256)
    return HttpResponse(data, content_type="application/pdf", headers=headers)

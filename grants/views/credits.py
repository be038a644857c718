"""Crediting a part of a line: money that came back of what was paid."""

from django.http import HttpRequest, HttpResponse

from accounts.permissions import Answer, no, yes
from audit.words import money
from grants import actions
from grants.actions.taking_back import left_of, rest_of
from grants.forms.credits import CreditForm
from grants.models import LineStage, SpendingLine
from grants.permissions import can_record_spending
from grants.views.access import line_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of_line, to_line


def can_be_credited(line: SpendingLine) -> Answer:
    """Answer whether a part of a line can be credited as it stands."""
    if line.is_reversal or line.is_credit or line.allocation is None:
        return Answer(allowed=False)
    if line.stage != LineStage.ACTUAL:
        return Answer(allowed=False)
    return yes() if left_of(line) > 0 else no(f"Nothing is left of {line.reference} to credit.")


@money_page
def line_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a credit of a part of a line, or of all that is left of it."""
    line, user = line_for(pk), reader(request)
    can_record_spending(user).or_refuse_page(line)
    can_credit = can_be_credited(line)
    if not can_credit and not can_credit.reason:
        can_credit = no("Only what was paid out of an allocation is credited.")
    can_credit.or_refuse_page(line)
    rest = rest_of(line)
    vat = f" and {money(rest.vat)} VAT" if rest.vat else ""
    form = CreditForm(request.POST or None, request.FILES or None, has_vat=line.vat > 0)
    page = MoneyPage(
        f"Credit of {line.reference}",
        place_of_line(line),
        to_line(line),
        label="Record the credit",
        caption=f"{money(line.amount)} to {line.payee}, {line.purpose}",
        lead=f"{money(rest.net)} net{vat} is left of it. What is credited goes back to "
        f"{line.allocation}, where it came from, in the year that the line is charged to.",
        done="Credited.",
    )

    def credit(form: CreditForm) -> str:
        key = form.cleaned_data["form_key"]
        made = actions.credit_line(line=line, credit=form.credit(), form_key=key, by=user)
        return place_of_line(made)

    return answer(request, form, page, credit)

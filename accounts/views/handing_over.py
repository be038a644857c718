"""A leaver: everything that they hold, who takes it over, and the one act that does it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, forms
from accounts.actions.handing_over import live_delegations, live_holdings
from accounts.handover import work_of
from accounts.models import User
from accounts.permissions import Permission, can_manage_person
from accounts.views.access import needs, signed_in
from accounts.views.acts import of_person, sent
from audit.refusals import Refused


@needs(Permission.MANAGE_PEOPLE)
def person_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything a leaver holds, with who takes it over; then hand it over in one act."""
    person = get_object_or_404(User, pk=pk)
    can_manage_person(request.user, person).or_refuse_page(person)
    holdings, work = live_holdings(person), work_of(person)
    form = forms.HandOverForm(
        sent(request), person=person, by=signed_in(request), holdings=holdings, work=work
    )
    if form.is_valid():
        try:
            actions.hand_over_person(user=person, by=signed_in(request), **form.given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Everything was handed over, and the account is closed.")
            return redirect("person_detail", pk=person.pk)
    page = of_person(
        person, "Hand over and close the account", "Hand over and close", is_grave=True
    )
    context = {
        "page": page,
        "form": form,
        "holdings": holdings,
        "work": work,
        "delegations": live_delegations(person),
        "deputies": person.deputy_holdings.select_related("user"),
    }
    return render(request, "accounts/person_hand_over.html", context)

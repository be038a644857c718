"""A form with every kind of field, for the gallery."""

from django import forms

from audit.forms import Checkboxes, DayField, MoneyField, Radios

OUTCOMES = (("approved", "Approved"), ("rejected", "Rejected"), ("deferred", "Deferred"))
HINTS = {"deferred": "It can be decided by a further signing."}


class GalleryForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(max_length=200, help_text="As it is to be published.")
    amount = MoneyField(label="Sum", help_text="In pounds.")
    signed_on = DayField(label="Date signed", help_text="For example, 28 10 2019.")
    outcome = forms.ChoiceField(choices=OUTCOMES, widget=Radios(hints=HINTS))
    part = forms.ChoiceField(
        choices=(("1", "Part 1"), ("2", "Part 2")), widget=Radios(is_inline=True)
    )
    kinds = forms.MultipleChoiceField(
        label="Advice needed",
        choices=(("legal", "Legal"), ("financial", "Financial")),
        widget=Checkboxes(hints={"financial": "Always needed where money is asked for."}),
    )
    is_read = forms.BooleanField(label="I have read the paper")
    funder = forms.ChoiceField(choices=(("", "Choose"), ("1", "Home Office")))
    summary = forms.CharField(max_length=600, widget=forms.Textarea({"rows": 4}))
    remarks = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}))
    paper = forms.FileField(label="Paper")
    password = forms.CharField(widget=forms.PasswordInput())


def filled() -> GalleryForm:
    """Return the form as it stands before anything is sent."""
    initial = {"title": "A grant for a summer programme", "outcome": "approved", "part": "1"}
    return GalleryForm(prefix="filled", initial=initial)


def refused() -> GalleryForm:
    """Return the form with an error at each field."""
    data = {"wrong-amount": "a lot", "wrong-signed_on_day": "31", "wrong-signed_on_month": "2"}
    return GalleryForm(data, prefix="wrong")

"""The filters of the lists of decisions."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from decisions.models import Organisation
from decisions.workflow import Status

FIRST_YEAR = 2016


class FilterForm(forms.Form):
    """Words, status, financial year of signing, funder; and where the page begins."""

    q = forms.CharField(required=False, max_length=200, label="Words")
    status = forms.ChoiceField(required=False)
    year = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label="Signed in financial year"
    )
    funder = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, empty_label="Any funder"
    )
    before = forms.IntegerField(required=False, min_value=1)
    marks_optional = False

    def __init__(
        self, *args: Any, today_year: int, funders: QuerySet[Organisation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        funder = self.fields["funder"]
        assert isinstance(funder, forms.ModelChoiceField)  # noqa: S101
        funder.queryset = funders
        status, year = self.fields["status"], self.fields["year"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        assert isinstance(year, forms.ChoiceField)  # noqa: S101
        status.choices = [("", "Any status"), *Status.choices]
        years = range(today_year, FIRST_YEAR - 1, -1)
        year.choices = [("", "Any year"), *((str(y), f"{y}/{(y + 1) % 100:02d}") for y in years)]

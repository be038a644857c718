"""What the report is grouped by and narrowed to."""

from django import forms

from grants.forms.allocations import OfFunderAndYear

GROUPED_BY = {
    "programme": "Programme",
    "decision": "Decision",
    "funder": "Funder",
    "year": "Financial year",
}


class ReportForm(OfFunderAndYear):
    """By what, of which funder and year, and where the page begins."""

    by = forms.ChoiceField(
        choices=list(GROUPED_BY.items()), required=False, label="One line for each"
    )
    after = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    field_order = ["by", "funder", "year"]

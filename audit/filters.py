"""What the audit trail may be filtered by."""

from django import forms

from audit.events import all_events
from audit.forms import DayField


class LedgerFilterForm(forms.Form):
    """Filters of the audit trail; an empty one shows everything."""

    about = forms.CharField(
        label="About", required=False, max_length=200, help_text="For example PCD 726"
    )
    by = forms.CharField(
        label="By", required=False, max_length=200, help_text="A name or part of one"
    )
    event = forms.ChoiceField(label="What happened", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False, help_text="That day included")
    marks_optional = False

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        events = [(event.name, event.title) for event in all_events()]
        field = self.fields["event"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Anything"), *sorted(events, key=lambda pair: pair[1])]

"""Organisations as people type them."""

from typing import Any

from django import forms

from accounts.models import User
from audit.forms import WordsField
from decisions.actions import add_organisation
from decisions.models import Organisation
from grants.search import known_organisations


class KnownInput(forms.TextInput):
    """A text box that suggests the organisations money is known of; others may be typed."""

    template_name = "django/forms/widgets/suggested.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the names to suggest."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_names"
        context["widget"]["attrs"]["list"] = list_id
        context["widget"]["names"] = known_organisations().values_list("name", flat=True)
        return context


def party_field(label: str, help_text: str = "", *, required: bool = False) -> WordsField:
    """Return a field for the name of an organisation, known or new."""
    return WordsField(
        label=label, max_length=200, required=required, widget=KnownInput, help_text=help_text
    )


def organisation_named(name: str, by: User) -> Organisation | None:
    """Return the organisation of a name as typed, added if need be; None for an empty name."""
    words = " ".join(name.split())
    found = Organisation.objects.filter(name__iexact=words).first()
    return found or (add_organisation(name=words, by=by) if words else None)

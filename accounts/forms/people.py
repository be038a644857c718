"""The forms of the people pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import AdviceKind, Role, RoleHolding, User
from accounts.work import Work
from audit import clock
from audit.forms import DayField, WordsField

if TYPE_CHECKING:
    _ModelChoice = forms.ModelChoiceField[User]
else:
    _ModelChoice = forms.ModelChoiceField


class PersonForm(forms.Form):
    """A new person."""

    name = WordsField(max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it.",
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class NameForm(forms.Form):
    """A person's name."""

    name = WordsField(max_length=120, widget=forms.TextInput({"autocomplete": "off"}))


class ReasonForm(forms.Form):
    """Why something grave is done."""

    reason = WordsField(max_length=300, widget=forms.Textarea({"rows": 3}))


class IdentityForm(forms.Form):
    """How it was made sure who somebody is."""

    reason = WordsField(
        label="How you made sure that it is them",
        max_length=300,
        help_text="For example: seen in person with their pass.",
        widget=forms.Textarea({"rows": 3}),
    )


class _HolderField(_ModelChoice):
    """A person, named with the roles that they hold in their own right: what has a deputy."""

    def label_from_instance(self, obj: User) -> str:
        """Return "A. Name: Chief executive"."""
        own = [row for row in obj.holdings_on(clock.today()) if row.deputy_for_id is None]
        return f"{obj}: {', '.join(dict.fromkeys(row.get_role_display() for row in own))}"


class RoleForm(forms.Form):
    """A role to give: which, for what advice, and when."""

    role = forms.ChoiceField(choices=[("", "Choose a role"), *Role.choices])
    advice_kind = forms.ChoiceField(
        label="Kind of advice",
        required=False,
        help_text="For advisers only.",
        choices=[("", "No advice"), *AdviceKind.choices],
    )
    deputy_for = _HolderField(
        label="As deputy for",
        required=False,
        queryset=User.objects.none(),
        empty_label="Nobody: in their own right",
        help_text="Somebody who holds the role. What a deputy does is shown as done for them.",
    )
    valid_from = DayField(label="First day", required=False, help_text="Today, if left empty.")
    valid_to = DayField(label="Last day", required=False, help_text="Until ended, if left empty.")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleHolding.objects.in_force(clock.today()).filter(deputy_for__isnull=True)
        others = User.objects.active().filter(pk__in=held.values("user")).exclude(pk=person.pk)
        deputy_for = self.fields["deputy_for"]
        assert isinstance(deputy_for, forms.ModelChoiceField)  # noqa: S101
        deputy_for.queryset = others.prefetch_related("holdings")


class EndForm(forms.Form):
    """The last day of a role or delegation."""

    valid_to = DayField(
        label="Last day",
        required=False,
        help_text="The last day it holds. Left empty, it ends now.",
    )


class HandOverForm(forms.Form):
    """Who follows a leaver in each role, and takes over each kind of their work."""

    last_day = DayField(label="Their last day", help_text="Today or earlier. Roles end with it.")
    reason = WordsField(max_length=300, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self,
        *args: Any,
        person: User,
        by: User,
        holdings: Sequence[RoleHolding],
        work: Sequence[tuple[Work, list[str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        others = User.objects.active().exclude(pk__in=[person.pk, by.pk])
        for holding in holdings:
            label = f"Who follows as {holding.title}"
            self.fields[f"holding_{holding.pk}"] = forms.ModelChoiceField(
                others, label=label, required=False, empty_label="Nobody: the role ends"
            )
        self.work = {kind.name: kind for kind, _items in work}
        self.roles = {str(one.pk): str(one.role) for one in holdings}
        for kind in self.work.values():
            fit = others.exclude(pk__in=kind.unfit(person) if kind.unfit else ())
            follows = kind.role in self.roles.values()
            title = Role(kind.role).label if kind.role else ""
            self.fields[f"work_{kind.name}"] = forms.ModelChoiceField(
                fit.filter(pk__in=User.objects.holding(Role(kind.role))) if kind.role else fit,
                label=f"Who takes over: {kind.title.lower()}",
                required=not follows,
                empty_label=f"Whoever follows as {title}" if follows else "Choose somebody",
            )

    def clean(self) -> dict[str, Any]:
        """Give work that names nobody to whoever follows in its role; ask where nobody does."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, kind in self.work.items():
            field = f"work_{name}"
            if field in self.errors or cleaned.get(field) or not kind.role:
                continue
            chosen = [
                cleaned.get(f"holding_{key}")
                for key, role in self.roles.items()
                if role == kind.role
            ]
            cleaned[field] = next((one for one in chosen if one), None)
            if cleaned[field] is None and kind.role in self.roles.values():
                self.add_error(field, "Choose who takes this over, or who follows in the role")
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "last_day": data["last_day"],
            "reason": data["reason"],
            "successors": {int(key): one for key, one in self._people("holding_")},
            "work": dict(self._people("work_")),
        }

    def _people(self, prefix: str) -> list[tuple[str, User]]:
        found = self.cleaned_data.items()
        return [(name.removeprefix(prefix), one) for name, one in found if one and prefix in name]

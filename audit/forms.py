"""Form fields and widgets that every app may use: words, money, days, choices with hints.

How they look is the renderer's business (``config.forms``); what they accept is here.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from audit.characters import BREAKS, name_of, unseen_in, without_effectless

MOST_DIGITS = 14
PENNY = Decimal("0.01")
PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
# A comma sets thousands apart and nothing else: "10,00" is ten pounds to some.
_SUM = re.compile(
    r"£?\s*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*"
    r"(?:(k|thousand)|(m|mn|million)|(bn|billion))?(?![a-z])",
    re.IGNORECASE,
)
_UNITS = (1_000, 1_000_000, 1_000_000_000)
_DAY = re.compile(r"[0-9]{1,2}")
_YEAR = re.compile(r"[12][0-9]{3}")


class WordsField(forms.CharField):
    """Words as a person sees them: nothing invisible but line breaks in a box of several lines.

    Those without effect, which come with a paste, are left out; others are refused by name.
    """

    def to_python(self, value: Any) -> Any:
        """Return the words that were typed, without what has no effect."""
        words = super().to_python(value)
        if not isinstance(words, str):
            return words
        words = without_effectless(words)
        return words.strip() if self.strip else words

    def validate(self, value: Any) -> None:
        """Refuse invisible characters, and say which one it is."""
        super().validate(value)
        allowed = BREAKS if isinstance(self.widget, forms.Textarea) else ""
        for unseen in unseen_in(value or "", allowed):
            raise ValidationError(
                f"This holds an invisible character ({name_of(unseen)}). Type the words around it "
                "again, or paste them as plain text",
                code="unseen",
            )


class MoneyInput(forms.TextInput):
    """A text box with a pound sign before it."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "decimal", "class": "govuk-input--width-10", "spellcheck": "false"}
            | (attrs or {})
        )


class MoneyField(forms.DecimalField):
    """Pounds as an exact Decimal; accepts "1,200,000", "£570,000.50", "500k" and "1.2 million"."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", Decimal(0))
        options.setdefault("widget", MoneyInput())
        super().__init__(max_digits=MOST_DIGITS, decimal_places=2, **options)
        self.error_messages |= {
            "invalid": "Enter a sum in pounds, like 570,000, 1,200.50, 500k or 1.2 million",
            "max_decimal_places": "Enter whole pence, like 1,200.50",
            "min_value": "Enter a sum of £%(limit_value)s or more",
        }

    def to_python(self, value: Any) -> Any:
        """Return the sum that was typed, or None for an empty box."""
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        typed = _SUM.fullmatch(str(value).strip())
        if typed is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = Decimal(typed[1].replace(",", ""))
        units = (unit for unit, said in zip(_UNITS, typed.groups()[1:], strict=True) if said)
        return super().to_python(number * next(units, 1))

    def clean(self, value: Any) -> Any:
        """Return the sum in whole pence, as the register keeps it: "1000" is 1000.00."""
        found = super().clean(value)
        return found.quantize(PENNY) if isinstance(found, Decimal) else found

    def prepare_value(self, value: Any) -> Any:
        """Show a stored sum with thousands set apart, and what was typed as it was typed."""
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else value


class DayInput(forms.Widget):
    """Three boxes: day, month, year."""

    template_name = "django/forms/widgets/day.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context of the template, the three parts in it."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        typed = (value.day, value.month, value.year) if isinstance(value, date) else value
        context["widget"]["parts"] = [
            {"name": part, "label": label, "width": width, "value": text}
            for (part, label, width), text in zip(PARTS, typed or ("", "", ""), strict=True)
        ]
        context["widget"]["is_wrong"] = context["widget"]["attrs"].get("aria-invalid") == "true"
        return context

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, Any],
        name: str,
    ) -> tuple[str, str, str] | None:
        """Return what was typed in the three boxes, or None when all are empty."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part, _, _ in PARTS)
        return (day, month, year) if day or month or year else None

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, Any],
        name: str,
    ) -> bool:
        """Return whether none of the boxes was in the form."""
        return not any(f"{name}_{part}" in data for part, _, _ in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of the first box."""
        return f"{id_}_day" if id_ else id_


class DayField(forms.Field):
    """A date typed as day, month and year; the messages say which part is missing or wrong."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        """Return the date, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        missing = [part for (part, _, _), text in zip(PARTS, value, strict=True) if not text]
        if missing:
            raise ValidationError(f"The date must include a {' and '.join(missing)}", code="part")
        day, month, year = value
        if year.isdecimal() and len(year) != 4:
            raise ValidationError("The year must have four figures, like 2019", code="year")
        try:
            if not (_DAY.fullmatch(day) and _DAY.fullmatch(month) and _YEAR.fullmatch(year)):
                raise ValueError
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError("Enter a real date, like 28 10 2019", code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another date was typed than the one shown."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class _WithHints(forms.widgets.ChoiceWidget):
    hints: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *rest: Any, **options: Any) -> dict[str, Any]:
        """Add the choice's hint to its option."""
        option: dict[str, Any] = super().create_option(name, value, *rest, **options)
        return option | {"hint": self.hints.get(str(value), "")}


class Radios(_WithHints, forms.RadioSelect):
    """Radio buttons; ``hints`` maps a value to the line under its label."""

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        is_inline: bool = False,
        choices: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__({"class": "govuk-radios--inline"} if is_inline else {}, choices)
        self.hints = hints or {}


class Checkboxes(_WithHints, forms.CheckboxSelectMultiple):
    """Checkboxes; ``hints`` maps a value to the line under its label."""

    def __init__(self, *, hints: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.hints = hints or {}

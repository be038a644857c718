"""How forms are drawn: GOV.UK markup through Django's own form renderer."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

TEXT = "govuk-input"
EMPTY = "This field is required."  # Django’s own words, in English
MOST_COUNTED = 5_000  # characters; nobody needs a count of longer texts
CLASSES: dict[type[forms.Widget], str] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.FileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.widgets.Input: TEXT,
}
WRONG = {
    "govuk-textarea": "govuk-textarea--error",
    "govuk-select": "govuk-select--error",
    "govuk-file-upload": "govuk-file-upload--error",
    TEXT: "govuk-input--error",
}


class RegisterBoundField(BoundField):
    """A form's field as the templates in ``templates/forms/`` want it."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add the classes of GOV.UK Frontend; the server, not the browser, says what is missing."""
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        drawn = widget or self.field.widget
        if not drawn.is_hidden and not drawn.use_fieldset:
            own = next((name for kind, name in CLASSES.items() if isinstance(drawn, kind)), "")
            wrong = WRONG.get(own, "") if self.errors else ""
            given = [own, drawn.attrs.get("class", ""), wrong, self._hook()]
            built["class"] = " ".join(name for name in given if name)
        return built

    def _hook(self) -> str:
        hooks = {
            "govuk-character-count": "govuk-js-character-count",
            "govuk-password-input": "govuk-password-input__input govuk-js-password-input-input",
        }
        return hooks.get(self.module, "")

    @property
    def module(self) -> str:
        """The GOV.UK Frontend module that makes this field easier to use, if any."""
        if self.counted_to:
            return "govuk-character-count"
        return "govuk-password-input" if self.is_password else ""

    @property
    def is_password(self) -> bool:
        """Whether what is typed is hidden."""
        return isinstance(self.field.widget, forms.PasswordInput)

    @property
    def counted_to(self) -> int | None:
        """The most characters a text may have, where people may come near it."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        most = getattr(self.field, "max_length", None) if is_long else None
        return most if most and most <= MOST_COUNTED else None

    @property
    def is_single_checkbox(self) -> bool:
        """Whether this is one tick box, whose label stands after it."""
        return type(self.field.widget) is forms.CheckboxInput

    @property
    def has_lost_file(self) -> bool:
        """Whether a file was sent that has to be chosen again: a form shown again brings none.

        A form that keeps what is sent itself says ``keeps_files = True``.
        """
        is_sent = self.form.is_bound and self.html_name in self.form.files
        return is_sent and not getattr(self.form, "keeps_files", False)

    @property
    def is_optional(self) -> bool:
        """Whether to say "(optional)"; forms that only filter set ``marks_optional = False``."""
        return not self.field.required and getattr(self.form, "marks_optional", True)

    @property
    def aria_describedby(self) -> str | None:
        """The ids of hint, error and count, in the order in which they are read."""
        described = super().aria_describedby
        if self.counted_to and described is not None:
            return f"{described} {self.auto_id}-info".strip()
        return described

    @property
    def messages(self) -> list[str]:
        """The errors in words; an empty field is named, so that the summary can be understood."""
        return [self._in_words(str(message)) for message in self.errors]

    def _in_words(self, message: str) -> str:
        if message != EMPTY:
            return message
        is_choice = isinstance(self.field, forms.ChoiceField | forms.FileField)
        return f"{'Choose' if is_choice else 'Fill in'} “{self.label}”"

    @property
    def error_target(self) -> str:
        """The id that the error summary leads to."""
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label


class RegisterRenderer(TemplatesSetting):
    """Django's forms, drawn by our own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = RegisterBoundField

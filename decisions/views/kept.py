"""What somebody typed earlier and has not saved, offered when the form is opened again.

Opened with ``?words=kept`` the form is filled in with it, as typed; nothing is saved by that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, QueryDict

from accounts.models import User
from decisions.actions.working_text import NOT_TYPED, Kept, drop_text, text_kept
from decisions.forms.deciding import hush
from decisions.forms.saying import rows_in_words, said
from decisions.views.conflict import Clash
from decisions.wording.word_changes import word_changes

ASKED = ("words", "kept")
MOST_ROWS = 200


@dataclass(frozen=True)
class Offer:
    """Text that was kept: what of it differs from what the page shows, or that it is shown."""

    kept: Kept
    use: str = ""
    differing: list[Clash] = field(default_factory=list)
    is_used: bool = False


def address_of(request: HttpRequest) -> str:
    """Return the address under which the text of this page is kept: its own, as first opened."""
    query = request.GET.copy()
    query.pop(ASKED[0], None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def filled_in(address: str) -> str:
    """Return the address that opens a form filled in with what was kept of it."""
    return f"{address}{'&' if '?' in address else '?'}{'='.join(ASKED)}"


def asked_for(request: HttpRequest) -> Kept | None:
    """Return the text that the address asks to fill the page in with, if it is kept."""
    name, value = ASKED
    if request.method == "POST" or request.GET.get(name) != value:
        return None
    return text_kept(request.user, address_of(request)) if isinstance(request.user, User) else None


def offer(request: HttpRequest, form: BaseForm, context: Mapping[str, Any]) -> Offer | None:
    """Return what is kept for a form that is opened, which is filled in with it where asked for."""
    if request.method == "POST" or form.is_bound or not isinstance(request.user, User):
        return None
    formsets = [each for each in context.values() if isinstance(each, BaseFormSet)]
    address = address_of(request)
    kept = text_kept(request.user, address)
    if kept is None:
        return None
    differing = list(_differing(form, formsets, kept.fields))
    if not differing and _knows_all(form, formsets, kept.fields):
        drop_text(address=address, by=request.user)  # it says what the page says: it is saved
        return None
    if asked_for(request):
        fill(form, kept.fields)
        for each in formsets:
            fill(each, kept.fields)
        return Offer(kept, is_used=True)
    return Offer(kept, filled_in(address), differing) if differing else None


def _knows_all(form: BaseForm, formsets: "Iterable[BaseFormSet[Any]]", typed: QueryDict) -> bool:
    """Whether all that was typed belongs to fields whose words can be held against the page's."""
    seen = (each for each in form.fields if not isinstance(form.fields[each], forms.FileField))
    names = tuple(form.add_prefix(name) for name in seen)
    prefixes = tuple(f"{each.prefix}-" for each in formsets)
    return all(
        name in NOT_TYPED
        or not any(value.strip() for value in values)
        or name.startswith(prefixes)
        or any(name == own or name.startswith((f"{own}_", f"{own}-")) for own in names)
        for name, values in typed.lists()
    )


def offer_page(request: HttpRequest) -> Offer | None:
    """Return what is kept for a page of several forms, which fills itself in where asked for."""
    if request.method == "POST" or not isinstance(request.user, User):
        return None
    if kept := asked_for(request):
        return Offer(kept, is_used=True)
    address = address_of(request)
    kept = text_kept(request.user, address)
    return Offer(kept, filled_in(address)) if kept else None


def fill(form: "BaseForm | BaseFormSet[Any]", typed: QueryDict) -> None:
    """Let a form that nobody has read yet show what was typed, and complain of nothing."""
    form.data, form.is_bound = typed, True
    for made in ("forms", "management_form"):
        vars(form).pop(made, None)
    hush(form)  # type: ignore[arg-type]


def _differing(
    form: BaseForm, formsets: "Iterable[BaseFormSet[Any]]", typed: QueryDict
) -> Iterable[Clash]:
    for name, each in form.fields.items():
        if each.widget.is_hidden or isinstance(each, forms.FileField):
            continue
        shown = said(each, form.get_initial_for_field(each, name))
        mine = _said_raw(each, typed, form.add_prefix(name))
        if shown != mine:
            yield _clash(str(form[name].label), shown, mine)
    for formset in formsets:
        fields = formset.empty_form.fields
        shown = rows_in_words(fields, formset.initial or [])
        mine = "\n".join(_rows_raw(fields, typed, str(formset.prefix)))
        if shown != mine:
            label = getattr(formset, "label", str(formset.prefix).capitalize())
            yield _clash(label, shown, mine)


def _clash(label: str, shown: str, mine: str) -> Clash:
    return Clash(label, shown, mine, word_changes(shown, mine))


def _said_raw(each: forms.Field, typed: QueryDict, name: str) -> str:
    """Return in words what was typed into a field; as it was typed where it makes no sense."""
    raw = each.widget.value_from_datadict(typed, {}, name)
    try:
        return said(each, each.to_python(raw))
    except ValidationError:
        return said(each, raw)


def _rows_raw(fields: Mapping[str, forms.Field], typed: QueryDict, prefix: str) -> Iterable[str]:
    """Yield in words the rows typed into a formset, those left as they came or removed not."""
    total = typed.get(f"{prefix}-TOTAL_FORMS", "")
    count = int(total) if total.isascii() and total.isdecimal() and len(total) < 4 else 0
    for n in range(min(count, MOST_ROWS)):
        row = {
            name: _said_raw(each, typed, f"{prefix}-{n}-{name}") for name, each in fields.items()
        }
        first = {name: said(each, each.initial) for name, each in fields.items()}
        if row != first and row.get("DELETE") != "Yes":
            yield "; ".join(
                f"{each.label or name.replace('_', ' ').capitalize()}: {row[name]}"
                for name, each in fields.items()
                if name != "DELETE" and row[name]
            )

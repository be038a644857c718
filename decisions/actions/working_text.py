"""Keeping what somebody typed and has not saved, so that nothing that takes the page loses it.

No acts: nothing of this is on the audit trail, since nothing was done yet.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.http import QueryDict

from accounts import vault
from accounts.models import User
from audit import clock
from decisions.models import FormPost, WorkingText

PURPOSE = "working text"
MOST_BYTES = 300_000
MOST_TEXTS = 50
MOST_ADDRESS = 300
PASSWORDS = {"password", "password1", "password2", "oldpassword"}
NEVER = {"csrfmiddlewaretoken", "typed_by", "code", "credential"} | PASSWORDS
BUTTONS = {"step", "stands", "text-act", "keep"}
CARRIED = {"carried_from", "form_key", "seen", "shown", "version_shown", "kept", "place"}
NOT_TYPED = NEVER | BUTTONS | CARRIED


@dataclass(frozen=True)
class Kept:
    """Text of one form as it was typed last, its number, where the form is, and when that was."""

    number: int
    address: str
    fields: QueryDict
    at: datetime


def keep_text(*, address: str, fields: Mapping[str, Sequence[str]], by: User) -> WorkingText | None:
    """Keep the fields of a form for who typed them; return what is kept, None where nothing is.

    Codes and passwords never are, nor what is too long, nor a form that was saved by now. Where
    nothing is typed any more, what was kept is forgotten.
    """
    if not is_own_address(address):
        return None
    wanted = {
        name: [str(value) for value in values]
        for name, values in fields.items()
        if name not in NEVER | BUTTONS
    }
    text = json.dumps(wanted)
    is_short = len(text.encode()) <= MOST_BYTES
    if not holds_words(wanted):
        drop_text(address=address, by=by)
        return None
    if not is_short or _was_saved(wanted):
        return None
    now = clock.now()
    WorkingText.objects.expired(now).delete()
    kept, _ = WorkingText.objects.update_or_create(
        person=by, address=address, defaults={"closed": vault.close(text, PURPOSE), "kept_at": now}
    )
    oldest = WorkingText.objects.of(by, now).values("pk")[MOST_TEXTS:]
    WorkingText.objects.filter(pk__in=list(oldest.values_list("pk", flat=True))).delete()
    return kept


def drop_text(*, address: str, by: User) -> None:
    """Forget the text of a form: it was saved, or its writer wants none of it."""
    if not is_own_address(address):
        return
    WorkingText.objects.filter(person=by, address=address).delete()


def text_kept(person: User, address: str) -> Kept | None:
    """Return what is kept of a person's form; None where nothing is."""
    if not is_own_address(address):
        return None
    row = WorkingText.objects.of(person, clock.now()).filter(address=address).first()
    return _opened(row) if row else None


def texts_kept(person: User) -> list[Kept]:
    """Return everything that is kept of a person, newest first."""
    opened = (_opened(row) for row in WorkingText.objects.of(person, clock.now())[:MOST_TEXTS])
    return [kept for kept in opened if kept and is_own_address(kept.address)]


def is_own_address(address: str) -> bool:
    """Return whether an address is one of this register's own, and can be kept as text."""
    is_rooted = address.startswith("/") and address[1:2] not in {"/", "\\"}
    return is_rooted and address.isprintable() and len(address) <= MOST_ADDRESS


def _opened(row: WorkingText) -> Kept | None:
    try:
        found = json.loads(vault.open_again(row.closed, PURPOSE))
    except InvalidToken:
        return None  # closed under a key that is gone: nobody can read it any more
    fields = QueryDict(mutable=True)
    for name, values in found.items():
        fields.setlist(name, values)
    return Kept(row.pk, row.address, fields, row.kept_at)


def holds_words(fields: Mapping[str, Sequence[str]]) -> bool:
    """Return whether anything was typed or chosen; a bare button carries only what the page put."""
    own = (values for name, values in fields.items() if name not in NOT_TYPED)
    return any(value.strip() for values in own for value in values)


def _was_saved(fields: Mapping[str, Sequence[str]]) -> bool:
    try:
        key = UUID("".join(fields.get("form_key", [])))
    except ValueError:
        return False
    return FormPost.objects.filter(key=key).exists()

"""The rules of what a line says: fields of its kind, whom it names, what it credits (GRT-47 on)."""

import re
from collections.abc import Mapping
from decimal import Decimal

from audit.words import money
from grants.models import PAYROLL, LineKind, SpendingLine, needed_fields, strange_fields
from grants.rules import BOOK, SPENDING

CREDITING = "when a credit is recorded"
NAMES = {
    "invoice_number": "an invoice number",
    "po_number": "a PO number",
    "pay_period": "a pay period",
    "journal_number": "a SAP journal reference",
    "why_credited": "a reason for a credit",
}
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|cllr|pc|pcso|dc|ds|di|dci|sgt"
    r"|sergeant|constable|inspector|insp|supt)\.?\s+[a-z'’-]+(?:\s+[a-z'’-]+){0,2}$",
    re.I,
)
_INITIALS = re.compile(
    r"(?:[A-Z]\.?\s*){1,3}\s[A-Z][a-z'’-]+$|[A-Z][A-Za-z'’-]+\s+[A-Z]\.?(?:\s*[A-Z]\.?)?$"
)
_SURNAME_FIRST = re.compile(r"[A-Z][A-Za-z'’-]+,\s*[A-Z][A-Za-z'’.-]*(?:\s+[A-Z][A-Za-z'’.-]*)?$")
_TWO_NAMES = re.compile(r"[A-Z][a-z'’-]+(?:\s+[A-Z]\.?)?\s+[A-Z][A-Za-z'’-]*[a-z]$")
_OF_A_FIRM = re.compile(
    r"&|\d|\b(?:ltd|limited|plc|llp|lp|inc|cic|cio|co|company|corporation|group|holdings|trust"
    r"|council|borough|county|city|police|constabulary|service|services|force|office|ministry"
    r"|department|authority|agency|university|college|school|academy|training|institute|centre"
    r"|foundation|charity|association|society|union|federation|church|hospital|nhs|bank"
    r"|insurance|consulting|consultants|consultancy|solutions|systems|software|technology"
    r"|technologies|digital|data|security|communications|media|print|printing|hotel|hotels|rail"
    r"|travel|airways|energy|gas|water|power|supplies|supply|hire|cars|and|of|the|uk|payroll"
    r"|recharge|international|partners|partnership|solicitors|chambers|architects|engineering"
    r"|logistics|transport|recruitment|resourcing|staffing|laboratories|labs|analytics)\b",
    re.I,
)


@BOOK.rule(
    "GRT-47", SPENDING, "Choose the kind that it is, or leave what belongs to another empty."
)
def has_fields_of_its_kind(kind: str, values: Mapping[str, str]) -> bool:
    """A line has the fields of its kind and no other's: pay its period, a journal its reference."""
    return kind in LineKind.values and not wrong_fields(kind, values)


@BOOK.rule(
    "GRT-48",
    SPENDING,
    "Write “Payroll” for pay and overtime; of any other payee say that it is a firm, not a person.",
)
def names_nobody(kind: str, payee: str, is_firm: bool) -> bool:
    """Pay and overtime name nobody; a payee that reads like a person is one only if a firm."""
    if kind == LineKind.PAY:
        return payee.strip() == PAYROLL
    return is_firm or not looks_like_a_person(payee)


@BOOK.rule("GRT-49", CREDITING, "Credit what is left, or reverse the line.")
def is_left_to_credit(credited: Decimal, left: Decimal) -> bool:
    """No more is credited than is left of what was spent: of the line, in net and in VAT."""
    return credited <= left


@BOOK.rule("GRT-50", CREDITING, "Say why it came back, or credit the line that it is of.")
def is_of_a_line_or_explained(why: str) -> bool:
    """A credit is of a line, or says why it is of none."""
    return bool(why.strip())


def hold_credited(
    reference: str, *, net: tuple[Decimal, Decimal], vat: tuple[Decimal, Decimal]
) -> None:
    """Refuse (GRT-49) a credit of more than is left of a line; each pair is what is asked, left."""
    for name, (asked, left) in (("net", net), ("VAT", vat)):
        detail = f"{money(left)} {name} is left of {reference}, less than {money(asked)}."
        BOOK.hold("GRT-49", holds=is_left_to_credit(asked, left), detail=detail)


def hold_credit(why: str) -> None:
    """Refuse (GRT-50) a credit of no line that does not say why."""
    BOOK.hold("GRT-50", holds=is_of_a_line_or_explained(why))


def wrong_fields(kind: str, values: Mapping[str, str]) -> list[str]:
    """Return in words what a line of a kind lacks, or has of another kind."""
    lacks = [f"needs {NAMES[name]}" for name in needed_fields(kind) if not values[name].strip()]
    strange = [f"has {NAMES[name]}" for name in strange_fields(kind) if values[name].strip()]
    return lacks + strange


def looks_like_a_person(payee: str) -> bool:
    """Whether a payee reads like a person's name: by title, initials, or two names and no firm."""
    return is_surely_a_person(payee) or bool(
        _TWO_NAMES.match(words := _plain(payee)) and not _OF_A_FIRM.search(words)
    )


def is_surely_a_person(payee: str) -> bool:
    """Whether a payee has a title or initials, or its surname first: more than two plain words."""
    words = _plain(payee)
    shapes = (_TITLE, _INITIALS, _SURNAME_FIRST)
    return not _OF_A_FIRM.search(words) and any(shape.match(words) for shape in shapes)


def _plain(payee: str) -> str:
    return " ".join(payee.split())


def hold_kind(kind: str, payee: str, values: Mapping[str, str], *, is_firm: bool) -> None:
    """Refuse fields of another kind (GRT-47), and a person named as payee (GRT-48).

    A payee is asked about once: one that is on a line already is known for a firm.
    """
    detail = ""
    if kind in LineKind.values and (wrong := wrong_fields(kind, values)):
        detail = f"{LineKind(kind).label} {wrong[0]}."
    BOOK.hold("GRT-47", holds=has_fields_of_its_kind(kind, values), detail=detail)
    is_known = names_nobody(kind, payee, is_firm) or (kind != LineKind.PAY and is_on_a_line(payee))
    BOOK.hold("GRT-48", holds=is_known, detail=f"“{_plain(payee)}” reads like a person.")


def is_on_a_line(payee: str) -> bool:
    """Whether a line names this payee already."""
    return SpendingLine.objects.filter(payee=payee.strip()).exists()

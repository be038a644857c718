"""The rules of what lies in Part 2 of a spending line (GRT-29 to GRT-32)."""

from collections.abc import Mapping

from grants.models import LineKind, WithheldField, is_shown_for
from grants.rules import BOOK, SPENDING

WITHHOLDING = "when something of a spending line is withheld or released"


@BOOK.rule("GRT-29", WITHHOLDING, "Choose the ground on which it is withheld.")
def has_a_ground(grounds: Mapping[str, str]) -> bool:
    """What is withheld has a ground in law, and everybody sees which; the sum is never withheld."""
    return all(ground.strip() for ground in grounds.values())


@BOOK.rule("GRT-30", WITHHOLDING, "Choose something that the line says.")
def is_there_to_withhold(field: str, words: str, kind: str) -> bool:
    """Payee, purpose, evidence and its name are withheld where there are any; Payroll is nobody."""
    is_nobody = kind == LineKind.PAY and field == WithheldField.PAYEE
    return field in WithheldField.values and bool(words) and not is_nobody


@BOOK.rule("GRT-31", WITHHOLDING, "Ask another governance officer to release it.")
def is_released_by_another(withheld_by: int | None, by: int) -> bool:
    """Whoever withheld something does not release it."""
    return withheld_by != by


@BOOK.rule("GRT-32", SPENDING, "Write the words themselves, and withhold them under a ground.")
def is_not_as_if_withheld(words: str) -> bool:
    """No words of a line begin with “Withheld:” but those that the register puts there."""
    return not is_shown_for(words)

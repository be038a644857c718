"""How much one signed document can hold: asked of a paper at its submission and at its signing."""

from dataclasses import fields, is_dataclass

from decisions.documents.content import DocumentContent
from decisions.documents.paper import Paper
from decisions.documents.refusals import ContentTooLarge

LONGEST_FIELD = 60_000
LONGEST_PAPER = 400_000
MOST_FIELDS = 30_000


def refuse_too_large(thing: DocumentContent | Paper) -> None:
    """Raise ContentTooLarge, naming field and limit, for what no document can hold (characters)."""
    sizes = list(_sizes(thing, "paper"))
    name, longest = max(sizes, key=lambda item: item[1])
    if longest > LONGEST_FIELD:
        raise ContentTooLarge(
            f"The {name.replace('_', ' ')} has {longest:,} characters; a signed document can hold "
            f"{LONGEST_FIELD:,} in one field.",
            clears="Split it into paragraphs, or attach it as a supporting paper.",
        )
    total = sum(size for _, size in sizes)
    if total > LONGEST_PAPER or len(sizes) > MOST_FIELDS:
        raise ContentTooLarge(
            f"The paper has {total:,} characters in {len(sizes):,} fields; a signed document can "
            f"hold {LONGEST_PAPER:,} characters in {MOST_FIELDS:,} fields.",
            clears="Move the longest parts into supporting papers.",
        )


def _sizes(thing: object, name: str) -> list[tuple[str, int]]:
    if isinstance(thing, str):
        return [(name, len(thing))]
    if isinstance(thing, tuple):
        return [size for item in thing for size in _sizes(item, name)]
    if is_dataclass(thing):
        kind = type(thing).__name__.lower()
        return [
            size
            for item in fields(thing)
            for size in _sizes(getattr(thing, item.name), f"{kind} {item.name}")
        ]
    return [(name, 0)]

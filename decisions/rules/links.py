"""Rules of the links from a paper to other decisions."""

from decisions.models import Decision, LinkKind
from decisions.models.lineage import leads_back
from decisions.rules.book import When, rule
from decisions.workflow import Status


@rule("DEC-100", When.LINK, "Link it once that paper has been submitted.")
def leads_elsewhere(decision: Decision, to: Decision | None, reference: str) -> bool:
    """A link leads to another decision that has its number."""
    is_itself = to == decision or _same(reference, decision.reference)
    return not is_itself and (to is None or to.number is not None)


@rule("DEC-101", When.LINK, "Remove that link first, if this one is right.")
def is_one_thing(already: str) -> bool:
    """A paper is one thing to another decision, beside funding it."""
    return not already


@rule("DEC-102", When.LINK, "Remove a link between the two first.")
def leads_on(decision: Decision, to: Decision, kind: LinkKind) -> bool:
    """Links never lead back to where they began."""
    return not leads_back(decision, to, kind)


@rule("DEC-103", When.LINK, "A paper that asks for the same again resubmits it.")
def has_something_to_change(to: Decision, kind: LinkKind) -> bool:
    """There is nothing to vary or supersede of what was withdrawn."""
    changes = kind in (LinkKind.VARIES, LinkKind.SUPERSEDES)
    return not (changes and to.status == Status.WITHDRAWN)


def _same(one: str, other: str) -> bool:
    return one.replace(" ", "").casefold() == other.replace(" ", "").casefold()

"""What is found wrong with a paper before it goes on: where, with which figures, by which rule.

A finding of a rule held to *at submission* is an error and blocks. Any other is a warning: it is
put right, or answered in words that are kept.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from audit.canonical import canonical
from audit.rulebook import NamedRule
from decisions.rules.book import OFFICER, RULES, When, rule
from decisions.rules.facts import Facts, Place


@dataclass(frozen=True)
class Finding:
    """One thing that a rule finds in a paper.

    `words` say what is wrong, with its figures. `part` is 2 when they give away anything of
    Part 2. `key` tells it from the others of the paper without saying a word of it.
    """

    code: str
    place: Place
    words: str
    part: int = 1
    key: str = ""

    @property
    def rule(self) -> NamedRule:
        """The rule that found it."""
        return RULES[self.code]

    @property
    def is_error(self) -> bool:
        """Whether it blocks; otherwise it can be answered."""
        return self.rule.when == When.SUBMISSION

    @property
    def text(self) -> str:
        """What is wrong and where, as it is kept with its answer."""
        return f"{self.place.words}: {self.words}"

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) by which an answer names the very finding that it answers."""
        return sha256(canonical([self.code, self.part, self.text]).encode()).hexdigest()


Found = Iterator[tuple[Place, str] | tuple[Place, str, int]]
Finder = Callable[[Facts], Found]
FINDERS: dict[str, Finder] = {}


def finds(code: str, when: When = When.WARNING) -> Callable[[Finder], Finder]:
    """Name a rule that looks through a paper: it yields a place, what is wrong, and the part.

    Without a part, the finding lies in the part of its place.
    """

    def name(finder: Finder) -> Finder:
        FINDERS[code] = rule(code, when, OFFICER)(finder)
        return finder

    return name


def findings(facts: Facts) -> list[Finding]:
    """Return everything found in a paper, errors first, each with a key of its own."""
    found = [_finding(code, *each) for code, finder in FINDERS.items() for each in finder(facts)]
    counted: Counter[str] = Counter()
    keyed = []
    for each in sorted(found, key=lambda one: (not one.is_error, one.code)):
        key = f"{each.code.lower()}-{each.place.page.partition('_')[0]}-{each.place.pk or 0}"
        counted[key] += 1
        keyed.append(Finding(each.code, each.place, each.words, each.part, f"{key}-{counted[key]}"))
    return keyed


def _finding(code: str, place: Place, words: str, part: int = 1) -> Finding:
    return Finding(code, place, words, max(part, place.part))

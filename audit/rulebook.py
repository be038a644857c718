"""Named rules: each has a code that is never used again, and its words are the message.

A rule's function says whether it holds; its docstring is the rule, the message when it is broken,
and its line in the manual.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ParamSpec, TypeVar

from audit.refusals import Refused

LONGEST_WAIVER = timedelta(days=92)
"""A quarter: whoever needs longer asks again, with a reason of that day."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class NamedRule:
    """A rule: its code, its words, when it is held to, and who can clear the way.

    One that only `warns` is satisfied by a reason; one that may be waived says by whom.
    """

    code: str
    text: str
    when: str
    clears: str
    broken: type[Refused]
    warns: bool = False
    waived_by: str = ""

    @property
    def force(self) -> str:
        """What the rule does to an act that breaks it, in words."""
        does = "Warns: goes on with a reason" if self.warns else "Refuses"
        until = f"; {self.waived_by} may waive it, for {LONGEST_WAIVER.days} days at most"
        return does + (until if self.waived_by else "")

    def refusal(self, detail: str = "") -> Refused:
        """Return the refusal of an act that breaks the rule; `detail` says where."""
        return self.broken(f"{self.text} {detail}".strip(), code=self.code, clears=self.clears)


@dataclass
class Rulebook:
    """The rules of one app; `broken` is the refusal that it raises."""

    broken: type[Refused]
    rules: dict[str, NamedRule] = field(default_factory=dict)

    def rule(
        self, code: str, when: str, clears: str = "", *, warns: bool = False, waived_by: str = ""
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Name a rule, which says whether it holds or finds what breaks it.

        Raises ValueError when the code was used before.
        """

        def name(function: Callable[P, R]) -> Callable[P, R]:
            if code in self.rules:
                message = f"{code} names another rule already."
                raise ValueError(message)
            text = " ".join((function.__doc__ or "").split())
            self.rules[code] = NamedRule(code, text, when, clears, self.broken, warns, waived_by)
            return function

        return name

    def hold(self, code: str, *, holds: bool, detail: str = "") -> None:
        """Raise the app's refusal with the rule's words, and where, unless it holds."""
        if not holds:
            raise self.refusal(code, detail)

    def refusal(self, code: str, detail: str = "") -> Refused:
        """Return the refusal of an act that breaks the rule of that code."""
        return self.rules[code].refusal(detail)

"""How the advice on a paper stands: given or not, and whether it still covers the words."""

import json
from dataclasses import dataclass

from accounts.models import AdviceKind
from decisions.models.approvals import Advice, PaperVersion, Stage
from decisions.models.content import Content
from decisions.models.decision import Decision
from decisions.models.differences import Change, changes_between


@dataclass(frozen=True)
class AdviceStanding:
    """One kind of advice: the latest given, what changed since, and what of that touches it."""

    kind: str
    is_required: bool
    advice: Advice | None
    changes: tuple[Change, ...] = ()

    @property
    def label(self) -> str:
        """The kind in words."""
        return AdviceKind(self.kind).label

    @property
    def touching(self) -> tuple[Change, ...]:
        """The changes since the advice was given that touch it."""
        return tuple(change for change in self.changes if self.kind in change.touches)

    @property
    def is_missing(self) -> bool:
        """Whether none was ever given."""
        return self.advice is None

    @property
    def needs_confirming(self) -> bool:
        """Whether it was given on words that have changed in a way that touches it."""
        return self.advice is not None and bool(self.touching)

    @property
    def is_current(self) -> bool:
        """Whether it was given and still covers the paper."""
        return self.advice is not None and not self.touching


def latest_version(decision: Decision) -> PaperVersion | None:
    """Return the latest version of the paper, or None before the first submission."""
    return decision.versions.order_by("-n").first()


def read_content(version: PaperVersion) -> Content:
    """Return the content of a version as JSON values."""
    content: Content = json.loads(version.content)
    return content


def advised_version(decision: Decision) -> PaperVersion | None:
    """Return the version that advice has to cover: the latest, or the one that was signed.

    What is corrected or released after the signature touches no advice.
    """
    signed = decision.approvals.filter(stage=Stage.DECISION).order_by("sitting")
    first = signed.select_related("version").first() if decision.is_decided else None
    return first.version if first else latest_version(decision)


def advice_standing(decision: Decision) -> list[AdviceStanding]:
    """Return how each kind of advice stands, required or given, in the order of AdviceKind."""
    latest = {
        row.kind: row
        for row in decision.advice.select_related("version", "given_by").order_by("id")
    }
    version = advised_version(decision)
    current = read_content(version) if version else None
    required = decision.required_advice
    return [
        AdviceStanding(kind, kind in required, latest.get(kind), _since(latest.get(kind), current))
        for kind in AdviceKind.values
        if kind in required or kind in latest
    ]


def _since(advice: Advice | None, current: Content | None) -> tuple[Change, ...]:
    if advice is None or current is None:
        return ()
    return tuple(changes_between(read_content(advice.version), current))


def advice_needed(decision: Decision) -> list[str]:
    """Return the kinds that are required and missing, or given and in need of confirming."""
    return [row.kind for row in advice_standing(decision) if not row.is_current]

"""What the decision maker reads before anything is typed: the paper, its standing, what blocks."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.second_factor import factors
from audit.refusals import Refused
from decisions.actions.outcomes import amended, as_asked, undecided
from decisions.models import (
    Approval,
    Content,
    Decision,
    Part,
    Recipient,
    Stage,
    advice_standing,
    changes_between,
    latest_version,
    part_1_of,
    read_content,
)
from decisions.permissions import can_read_part_2, keeps_from_deciding
from decisions.rules.holders import others_who_decide
from decisions.views import cards
from decisions.views.authority import authority_found, caps_of
from decisions.views.differences import Difference, differences
from decisions.views.effect import effect_of


@dataclass(frozen=True)
class Block:
    """What stands in the way of deciding, and who can clear it.

    `is_hard` when nothing at all can be decided; otherwise only the approval of all as asked.
    """

    reason: str
    clears: str
    is_hard: bool = True


def before_deciding(decision: Decision, by: User) -> dict[str, Any]:
    """Return all of it as the page's context; whoever calls records a reading of Part 2 first."""
    with_part_2 = has_restricted_row(decision)
    whole = cards.content_of(decision)
    content = whole if with_part_2 else part_1_of(whole)
    wanted, earlier = amended(decision, as_asked(decision))
    authority, refusal = authority_found(by, wanted, earlier)
    blocks = _blocks(decision, by, refusal)
    return {
        "decision": decision,
        "content": content,
        "cards": cards.cards(decision, content),
        "is_part_2": with_part_2,
        "can_read_part_2": whole["publication"]["has_part_2"] and can_read_part_2(by, decision),
        "endorsement": _endorsement(decision, whole),
        "advice": [(row, differences(row.changes)) for row in advice_standing(decision)],
        "answers": content.get("answers", []),
        "effect": effect_of(decision, by, with_part_2=with_part_2),
        "authority": authority,
        "caps": caps_of(by, wanted, authority),
        "blocks": blocks,
        "is_blocked": any(block.is_hard for block in blocks),
        "asides": decision.standings_aside.select_related("person"),
        "earlier": decision.approvals.filter(stage=Stage.DECISION).select_related("approved_by"),
    }


def has_restricted_row(decision: Decision) -> bool:
    """Return whether a recommendation left to decide, a share or advice lies in Part 2."""
    rows = undecided(decision)
    shares = Recipient.objects.filter(part=Part.PART_2, amount__isnull=False)
    if decision.advice.filter(part=Part.PART_2).exists():
        return True
    is_shared = shares.filter(recommendation__in=[row.pk for row in rows]).exists()
    return is_shared or any(row.is_restricted for row in rows)


def _endorsement(decision: Decision, now: Content) -> tuple[Approval, list[Difference]] | None:
    """Return the last endorsement, with what has changed in the paper since it was given."""
    given = decision.approvals.filter(stage=Stage.CHIEF_EXECUTIVE)
    last = given.select_related("approved_by", "version").order_by("-id").first()
    if last is None:
        return None
    version = latest_version(decision)
    current = read_content(version) if version else now
    return last, differences(changes_between(read_content(last.version), current))


def _blocks(decision: Decision, by: User, refusal: Refused | None) -> list[Block]:
    kept = keeps_from_deciding(by, decision)
    blocks = [Block(answer.reason, _who_clears(decision, by, answer.clears)) for answer in kept]
    if not factors(by).exists():
        reason = "You have neither an authenticator app nor a passkey, and signing needs one."
        blocks.append(Block(reason, "You can set one up on your account’s page.", is_hard=False))
    if refusal and not kept:
        less = "Less can be approved, or it can be rejected or deferred."
        blocks.append(Block(refusal.reason, f"{refusal.clears} {less}", is_hard=False))
    return blocks


def _who_clears(decision: Decision, by: User, clears: str) -> str:
    """Return who can clear the way, with the names of those who can decide instead."""
    names = [each.name for each in others_who_decide(by, decision)]
    instead = f"{' or '.join(names)} can decide it." if names else "Nobody else can today."
    return f"{clears} {instead}"

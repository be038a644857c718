"""What each office is here for: said on its home page, with the pages it works from."""

from dataclasses import dataclass

from accounts.models import Role


@dataclass(frozen=True)
class Room:
    """One office: what it does in the register, and its own pages by label and URL name."""

    purpose: str
    pages: tuple[tuple[str, str], ...] = ()


CONDITIONS = ("Conditions and their evidence", "condition_list")
ON_PAPER = ("Record a decision signed on paper", "paper_record_new")
CHECK = ("Check a signed document", "check")
AUDIT_TRAIL = ("Read the audit trail", "audit_list")
BOX = ("Open the decision maker’s box", "box")
AUTHORITY = ("Schemes and delegations", "scheme_list")
LISTED = {"audit_list", "people_list"}  # on the home page of whoever may read them
MONEY = "What is decided can be read now, sums and conditions included."

ROOMS: dict[Role, Room] = {
    Role.ORIGINATING_OFFICER: Room(
        "You write papers, gather the advice on them and send them on to be decided. A paper of "
        "yours stands here when its next step is yours.",
        (ON_PAPER, CONDITIONS),
    ),
    Role.ADVISER: Room(
        "You advise on papers in your own field. A paper stands here when it needs your advice, "
        "or when it has changed since you gave it."
    ),
    Role.CHIEF_EXECUTIVE: Room(
        "You endorse a paper once all its advice is in, or return it to its officer. It stands "
        "here from then on. You approve the scheme of delegation and what is delegated under it.",
        (AUTHORITY,),
    ),
    Role.DECISION_MAKER: Room(
        "You decide what the chief executive has endorsed, one outcome for each recommendation. "
        "A paper stands here until you have signed it or returned it.",
        (BOX,),
    ),
    Role.PRIVATE_OFFICE: Room(
        "You see what awaits the decision maker, and since when, order the box and print its pack. "
        "You read the papers; you decide nothing.",
        (BOX,),
    ),
    Role.FINANCE_OFFICER: Room(
        "You keep the money of decided grants: what is set aside, spent and claimed. " + MONEY,
        (CONDITIONS,),
    ),
    Role.FINANCE_APPROVER: Room(
        "You approve what finance officers enter against decided grants. " + MONEY
    ),
    Role.CHIEF_FINANCE_OFFICER: Room(
        "You answer for the money of decided grants and certify what is claimed. " + MONEY
    ),
    Role.GOVERNANCE_OFFICER: Room(
        "You publish what is signed, and keep the numbers, the delegations and the register "
        "itself in order. A signed decision stands here until it is published.",
        (AUTHORITY, ON_PAPER, CONDITIONS, ("Part 2 to review", "part_2_reviews")),
    ),
    Role.AUDITOR: Room(
        "You test the register: every act is on its audit trail, and you can prove for yourself "
        "that nothing was altered.",
        (AUDIT_TRAIL, ("Verify that nothing was altered", "audit_verify"), CHECK),
    ),
    Role.ADMINISTRATOR: Room(
        "You keep the people of the register and their roles. Papers are open to you once they "
        "are published.",
        (("People and roles", "people_list"), ("Add a person", "person_new")),
    ),
}
NO_ROOM = Room("You hold no role today. An administrator gives roles.")


def rooms_of(roles: frozenset[Role]) -> list[Room]:
    """Return the rooms of the roles held, in the order of the offices; NO_ROOM for none."""
    return [ROOMS[role] for role in Role if role in roles] or [NO_ROOM]


def pages_of(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """Return the pages that the offices held work from, each once, but those linked for all."""
    found = dict.fromkeys(page for room in rooms_of(roles) for page in room.pages)
    return [page for page in found if page[1] not in LISTED]

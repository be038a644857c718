"""What the Part 2 of a decision says of those whom its money is paid to.

Whoever it withholds is withheld in the spending lines under it too, until that is released.
"""

import re

from django.db.models import Q

from decisions.models import Decision, Part, Recipient, Recommendation, in_part_1

FORMS = {"ltd", "limited", "plc", "llp", "the"}
PARTIES = ("organisation__name", "exemption__ground")


def plain_name(name: str) -> str:
    """Return a name as names are compared: its words, without the form of company."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower()).split()
    return " ".join(word for word in words if word not in FORMS)


def withheld_names(decision: Decision) -> dict[str, str]:
    """Return the grounds on which a decision withholds recipients, by their plain names.

    One that its Part 1 names too is not withheld.
    """
    ground = decision.exemptions.order_by("id").values_list("ground", flat=True).first()
    if ground is None:
        return {}
    named = Recommendation.objects.filter(decision=decision, recipient__isnull=False)
    shares = Recipient.objects.filter(recommendation__decision=decision)
    is_open = Q(in_part_1("recommendation__"), part=Part.PART_1)
    closed = [
        *named.exclude(in_part_1()).values_list("recipient__name", "exemption__ground"),
        *shares.exclude(is_open).values_list("organisation__name", "exemption__ground"),
    ]
    opened = {
        *named.filter(in_part_1()).values_list("recipient__name", flat=True),
        *shares.filter(is_open).values_list("organisation__name", flat=True),
    }
    public = set(map(plain_name, opened))
    return {
        plain_name(name): own or ground for name, own in closed if plain_name(name) not in public
    }


def ground_for(decision: Decision, payee: str) -> str:
    """Return the ground on which a decision withholds that payee; "" where it does not."""
    return withheld_names(decision).get(plain_name(payee), "")

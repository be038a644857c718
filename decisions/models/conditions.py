"""Questions about many conditions: due, overdue, discharged, and which lie in Part 2."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from accounts.handover import taken_over_by
from accounts.models import User
from audit import clock
from decisions.models.approvals import Condition
from decisions.models.paper import Exemption
from decisions.models.recommendations import Recommendation, hidden_among
from decisions.workflow import DECIDED

CONDITIONS = "conditions"  # the kind of work, as it is handed over
NEVER = date(9999, 1, 1)


def conditions_page(
    *, standing: str = "", owner: User | None = None, after: str = "", size: int = 25
) -> list[Condition]:
    """Return the next conditions by the day they are due, one more than `size` if there are more.

    `standing`: "" not yet discharged, "due", "overdue" or "discharged". `after` is the id of the
    last one shown; not its day, which may lie in Part 2.
    """
    rows = Condition.objects.filter(outcome__approval__decision__status__in=DECIDED).annotate(
        due=Coalesce(F("due_on"), Value(NEVER))
    )
    rows = rows.filter(discharge__isnull=standing != "discharged")
    if standing == "overdue":
        rows = rows.filter(due_on__lt=clock.today())
    elif standing == "due":
        rows = rows.exclude(due_on__lt=clock.today())
    if owner is not None:
        rows = rows.filter(owner__in=taken_over_by(owner, CONDITIONS))
    rows = rows.filter(_after(after))
    rows = rows.select_related(
        "owner",
        "discharge",
        "outcome__recommendation",
        "outcome__approval__decision__series",
    )
    return list(rows.order_by("due", "pk")[: size + 1])


def _after(after: str) -> Q:
    if not after.isascii() or not after.isdecimal() or len(after) > 18:
        return Q()
    last = Condition.objects.filter(pk=int(after)).first()
    if last is None:
        return Q()
    due = last.due_on or NEVER
    return Q(due__gt=due) | Q(due=due, pk__gt=last.pk)


def restricted_recommendations(decisions: Collection[int]) -> set[int]:
    """Return the ids of the decisions' recommendations in Part 2, with all that lie under them."""
    rows = Recommendation.objects.filter(decision__in=decisions)
    return hidden_among(rows.only("pk", "parent", "part"))


def reviews_due(by: date) -> list[Exemption]:
    """Return the grounds of Part 2 whose review date has come by a day, of signed decisions."""
    uses = (
        Q(decision__sections__exemption=F("pk"))
        | Q(decision__sections__paragraphs__exemption=F("pk"))
        | Q(decision__recommendations__exemption=F("pk"))
        | Q(decision__recommendations__recipients__exemption=F("pk"))
        | Q(decision__supporting_papers__exemption=F("pk"))
    )
    rows = Exemption.objects.filter(
        uses, review_on__lte=by, decision__status__in=DECIDED, decision__revoked_on__isnull=True
    )
    rows = rows.select_related("decision__series").order_by("review_on", "pk").distinct()
    return list(rows[:200])

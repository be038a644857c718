"""What happens to the words after the signature: corrections, and releases of Part 2.

A revision is proposed by one person and answered by another. Only the act that confirms it may
change the words it names, and nothing else (decisions/sql/0024); each makes a new version of the
paper and new signed documents. Append-only.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import Role, User
from audit.fields import ActField
from decisions.models.approvals import PaperVersion
from decisions.models.constraints import filled, one_of
from decisions.models.decision import Decision
from decisions.models.paper import Part
from decisions.models.querysets import roles_of


class RevisionKind(models.TextChoices):
    """What a revision does to a signed paper."""

    CORRECTION = "correction", "Correction"
    RELEASE = "release", "Release of Part 2"


class ReleaseGround(models.TextChoices):
    """Why something leaves Part 2."""

    NONE = "", "None"
    REVIEW = "review", "Its review date came"
    FOI = "foi", "A request under the Freedom of Information Act 2000"
    OTHER = "other", "Another reason"


class Place(models.TextChoices):
    """The words of a paper that a revision can name."""

    TITLE = "title", "Title"
    SUMMARY = "executive_summary", "Executive summary"
    SECTION = "section", "Section"
    PARAGRAPH = "paragraph", "Paragraph"
    RECOMMENDATION = "recommendation", "Recommendation"
    RECIPIENT = "recipient", "Recipient"
    PAPER = "supportingpaper", "Supporting paper"


CORRECTABLE = (
    Place.TITLE,
    Place.SUMMARY,
    Place.SECTION,
    Place.PARAGRAPH,
    Place.RECOMMENDATION,
)
RELEASABLE = (
    Place.SECTION,
    Place.PARAGRAPH,
    Place.RECOMMENDATION,
    Place.RECIPIENT,
    Place.PAPER,
)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Reading of revisions. What one person may do to one of them is asked of `permissions`."""

    def awaiting(self, user: User) -> Self:
        """Return what waits to be answered, of what the user's offices and part do not rule out.

        Whether just this person may is asked of what is left (`can_answer_revision`).
        """
        roles = sorted(roles_of(user))
        by_office = Q(decision__series__decision_maker_role__in=roles)
        if {Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE} & set(roles):
            by_office |= Q(kind=RevisionKind.RELEASE)
        stood = Q(decision__standings_aside__person=user)
        had_a_part = stood | Q(decision__advice__given_by=user)
        mine = Q(proposed_by=user) | Q(decision__originating_officer=user)
        rows = self.filter(by_office, answer=None, decision__revoked_on=None)
        return rows.exclude(mine).exclude(had_a_part)


class Revision(models.Model):
    """A correction or a release as proposed, with its reason. Append-only.

    `withholds` says that the words replaced are not to be printed again: a name that should never
    have been published. `ground` is that of a release.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="revisions")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=RevisionKind.choices)
    reason = models.TextField()
    ground = models.CharField(max_length=8, choices=ReleaseGround.choices, blank=True)
    withholds = models.BooleanField(default=False)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    act = ActField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="revision_n_once"),
            one_of("revision", "kind", RevisionKind.values),
            one_of("revision", "ground", ReleaseGround.values),
            filled("revision", "reason"),
            models.CheckConstraint(
                condition=Q(kind=RevisionKind.CORRECTION, ground="")
                | (Q(kind=RevisionKind.RELEASE, withholds=False) & ~Q(ground="")),
                name="revision_release_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.get_kind_display().lower()} {self.n}"

    @property
    def title(self) -> str:
        """What it is called: "Correction 1", "Release of Part 2, number 2"."""
        between = " " if self.kind == RevisionKind.CORRECTION else ", number "
        return f"{self.get_kind_display()}{between}{self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this revision."""
        return str(self)

    @property
    def is_correction(self) -> bool:
        """Whether it replaces words."""
        return self.kind == RevisionKind.CORRECTION


class RevisedItem(models.Model):
    """One place that a revision names: words to replace, or something to leave Part 2.

    `row` is the id of the section, paragraph, recommendation or paper (0 for title and summary);
    `where` names it in words; `part` is the part it lies in as proposed. Append-only.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="items")
    place = models.CharField(max_length=20, choices=Place.choices)
    row = models.PositiveBigIntegerField(default=0)
    where = models.CharField(max_length=100)
    part = models.PositiveSmallIntegerField(choices=Part.choices)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "place", "row"], name="reviseditem_place_once"
            ),
            one_of("reviseditem", "place", Place.values),
            one_of("reviseditem", "part", Part.values),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.where}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this item, without its words."""
        return str(self)


class RevisionAnswer(models.Model):
    """What became of a revision: confirmed by somebody else, or declined. Append-only.

    `evidence` is the second factor used up to confirm; `authority` the delegation as it read then.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="answer")
    is_confirmed = models.BooleanField()
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    authority = models.CharField(max_length=400, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_confirmed=True) & ~Q(evidence=""))
                | (Q(is_confirmed=False) & ~Q(words="")),
                name="revisionanswer_proved_or_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {'confirmed' if self.is_confirmed else 'declined'}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this answer."""
        return str(self)

    @property
    def version(self) -> PaperVersion:
        """The version of the paper that the confirmation made."""
        return self.decision.versions.get(act=self.act)

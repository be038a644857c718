"""The words of the paper: sections, paragraphs, exemptions, papers behind it, links, boards."""

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from audit.history import TrackedModel
from decisions.models.constraints import filled, in_order, one_of, parted
from decisions.models.decision import Decision
from decisions.shapes import ParagraphForm


class Part(models.IntegerChoices):
    """Part 1 is open; Part 2 is restricted under an exemption."""

    PART_1 = 1, "Part 1"
    PART_2 = 2, "Part 2"


class Exemption(TrackedModel):
    """The ground in law on which something lies in Part 2, e.g. "FOIA 2000 s43(2)".

    `reason` is public: it says why, without giving away what is withheld.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="exemptions")
    ground = models.CharField(max_length=100)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("exemption", "ground"),
            models.UniqueConstraint(
                fields=["decision", "ground"], name="exemption_ground_once_per_decision"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="exemption_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.ground

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this exemption."""
        return f"{self.decision.reference} exemption {self.ground}"


class Parted(TrackedModel):
    """Base of what stands at a position in the paper: in Part 1 or, exempt, in Part 2."""

    position = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(choices=Part.choices, default=Part.PART_1)
    exemption = models.ForeignKey(
        Exemption, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class Section(Parted):
    """One numbered section; in Part 2 as a whole, or in Part 1 with its paragraphs' own parts."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="sections")
    number = models.CharField(max_length=12, blank=True)
    heading = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("section", of="decision"),
            *parted("section"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this section, without its words."""
        return f"{self.decision.reference} section {self.number or self.position}"


class Paragraph(Parted):
    """One numbered paragraph of a section, or a list or table under one, without a number."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    form = models.CharField(max_length=5, choices=ParagraphForm.choices, default=ParagraphForm.TEXT)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("paragraph", of="section"),
            filled("paragraph", "text"),
            one_of("paragraph", "form", ParagraphForm.values),
            *parted("paragraph"),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.number or self.position}"

    @property
    def is_restricted(self) -> bool:
        """Whether it lies in Part 2, by itself or with its section."""
        return Part.PART_2 in (self.part, self.section.part)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this paragraph, without its words."""
        return f"{self.section.ledger_reference} paragraph {self.number or self.position}"


class SupportingPaper(Parted):
    """A paper behind the decision, kept in the document store under its SHA-256 (hex)."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="supporting_papers"
    )
    title = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("supportingpaper", of="decision"),
            filled("supportingpaper", "title"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="supportingpaper_sha256_is_hex"
            ),
            *parted("supportingpaper"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this paper, without its title."""
        return f"{self.decision.reference} supporting paper {self.position}"


class LinkKind(models.TextChoices):
    """What one decision is to another."""

    CONTINUES = "continues", "Continues"
    VARIES = "varies", "Varies"
    SUPERSEDES = "supersedes", "Supersedes"
    RESUBMITS = "resubmits", "Resubmits"
    FUNDS = "funds", "Funds"


class DecisionLink(TrackedModel):
    """A link from a decision to another, or to the reference of one that is not held here."""

    from_decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="links")
    to_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    to_reference = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=LinkKind.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("decisionlink", "kind", LinkKind.values),
            models.CheckConstraint(
                condition=(Q(to_decision__isnull=False) & Q(to_reference=""))
                | (Q(to_decision__isnull=True) & ~Q(to_reference="")),
                name="decisionlink_leads_to_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(to_decision=F("from_decision")), name="decisionlink_not_to_itself"
            ),
            models.UniqueConstraint(
                fields=["from_decision", "to_decision", "kind"], name="decisionlink_once"
            ),
            models.UniqueConstraint(
                fields=["from_decision", "to_decision"],
                condition=~Q(kind=LinkKind.FUNDS),
                name="decisionlink_one_kind_beside_funds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def reference(self) -> str:
        """The reference of the decision it leads to."""
        return self.to_reference if self.to_decision is None else self.to_decision.reference

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this link."""
        return f"{self.from_decision.reference} {self.kind} {self.reference}"


class Consultation(models.Model):
    """A board that was consulted: when, and what it said. Boards decide nothing. Append-only."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="consultations")
    board = models.CharField(max_length=200)
    held_on = models.DateField()
    outcome = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [filled("consultation", "board"), filled("consultation", "outcome")]

    def __str__(self) -> str:
        return f"{self.board}, {self.held_on}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this consultation."""
        return f"{self.decision.reference} consultation of {self.board}"

"""What papers of a series have to have, and what was answered to what is doubted of one."""

from django.db import models
from django.db.models import Q

from accounts.models import AdviceKind, User
from audit.fields import ActField
from audit.history import TrackedModel
from decisions.models.constraints import filled, one_of
from decisions.models.decision import Decision
from decisions.models.paper import Part
from decisions.models.recommendations import RecommendationKind
from decisions.models.series import Series


class RequirementForm(models.TextChoices):
    """In what form something is required."""

    SECTION = "section", "A section of the paper"
    ADVICE = "advice", "Advice"


class Requirement(TrackedModel):
    """Something that papers of a series need: a section, or advice, on a subject.

    It holds for papers with a recommendation of a kind; for every paper where the kind is empty.
    A section is known by its heading.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="requirements")
    recommendation_kind = models.CharField(
        max_length=24, choices=RecommendationKind.choices, blank=True
    )
    form = models.CharField(max_length=8, choices=RequirementForm.choices)
    subject = models.CharField(max_length=20, choices=AdviceKind.choices)

    class Meta:
        ordering = ["recommendation_kind", "form", "subject"]
        constraints = [
            one_of("requirement", "recommendation_kind", ["", *RecommendationKind.values]),
            one_of("requirement", "form", RequirementForm.values),
            one_of("requirement", "subject", AdviceKind.values),
            models.UniqueConstraint(
                fields=["series", "recommendation_kind", "form", "subject"],
                name="requirement_once",
            ),
        ]

    def __str__(self) -> str:
        what = "advice" if self.form == RequirementForm.ADVICE else "section"
        return f"{self.get_subject_display()} {what} {self.holds_for}"

    @property
    def holds_for(self) -> str:
        """Which papers it holds for, in words."""
        if not self.recommendation_kind:
            return "in every paper"
        return f"in papers to {self.get_recommendation_kind_display().lower()}"

    @property
    def is_section(self) -> bool:
        """Whether a section is required, rather than advice."""
        return self.form == RequirementForm.SECTION

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this requirement."""
        return f"{self.series.code}: {self}"


S, A = RequirementForm.SECTION, RequirementForm.ADVICE
USUAL: tuple[tuple[str, RequirementForm, AdviceKind], ...] = (
    ("", S, AdviceKind.FINANCIAL),
    ("", S, AdviceKind.LEGAL),
    ("", S, AdviceKind.EQUALITY),
    (RecommendationKind.AWARD.value, S, AdviceKind.COMMERCIAL),
    (RecommendationKind.APPROVE_SPEND.value, S, AdviceKind.COMMERCIAL),
)
"""What a series asks for from its start: (kind of recommendation or any, form, subject)."""


class RuleAnswer(models.Model):
    """What was answered to one finding of a rule on one paper. Append-only.

    `finding` are its words as they stood, `digest` (SHA-256, hex) tells the very finding: when it
    changes, another answer is wanted. Of several answers to one finding the latest stands.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rule_answers")
    code = models.CharField(max_length=12)
    finding = models.TextField()
    digest = models.CharField(max_length=64)
    part = models.PositiveSmallIntegerField(choices=Part.choices)
    words = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("ruleanswer", "code"),
            filled("ruleanswer", "finding"),
            filled("ruleanswer", "words"),
            one_of("ruleanswer", "part", [1, 2]),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="ruleanswer_digest_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.decision}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this answer, without its words."""
        return f"{self.decision.reference} answer to {self.code}"

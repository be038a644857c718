"""Supporting papers that are no longer those of the paper: replaced, or taken off."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from decisions.models.decision import Decision
from decisions.models.paper import Part


class Retired(models.TextChoices):
    """Why a supporting paper is no longer one."""

    REPLACED = "replaced", "Replaced"
    REMOVED = "removed", "Removed"


class FormerPaper(models.Model):
    """A supporting paper as it was before it was replaced or taken off. Append-only.

    Whoever could read it then can read it still, for its file stays in the document store under
    its SHA-256 (hex). `paper` is the id that the supporting paper has, or had; `ground` is that of
    the exemption under which it lay in Part 2.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="former_papers")
    paper = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    part = models.PositiveSmallIntegerField(choices=Part.choices)
    ground = models.CharField(max_length=100, blank=True)
    why = models.CharField(max_length=10, choices=Retired.choices)
    retired_at = models.DateTimeField()
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            filled("formerpaper", "title"),
            one_of("formerpaper", "why", Retired.values),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="formerpaper_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(part=Part.PART_1, ground="") | (Q(part=Part.PART_2) & ~Q(ground="")),
                name="formerpaper_part_2_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this paper, without its title."""
        return f"{self.decision.reference} former supporting paper {self.pk}"

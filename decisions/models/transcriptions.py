"""Decisions signed elsewhere, on paper: what one person transcribed and another confirmed."""

from django.db import models
from django.db.models import Q

from accounts.models import Delegation, User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from decisions.models.decision import Decision
from decisions.models.paper import Part


class Transcription(models.Model):
    """A decision signed on paper, as read from its scan. Append-only; a new one replaces it.

    `decided_by`, `authority` and `interests` are in words, as the paper has them; `delegation` is
    the register's own record of that authority, where it holds one. `outcomes` is canonical JSON:
    what was decided on each recommendation. `scan_part` 2 keeps the scan among Part 2.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="transcriptions")
    n = models.PositiveIntegerField()
    version = models.OneToOneField(
        "decisions.PaperVersion", on_delete=models.PROTECT, related_name="transcription"
    )
    reference = models.CharField(max_length=40)
    signed_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    authority = models.CharField(max_length=400)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    interests = models.TextField(blank=True)
    words = models.TextField(blank=True)
    outcomes = models.TextField()
    scan_sha256 = models.CharField(max_length=64)
    scan_size = models.PositiveBigIntegerField()
    scan_type = models.CharField(max_length=20)
    scan_part = models.PositiveSmallIntegerField(choices=Part.choices, default=Part.PART_2)
    transcribed_at = models.DateTimeField()
    transcribed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    act = ActField()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="transcription_n_once"),
            filled("transcription", "reference"),
            filled("transcription", "decided_by"),
            filled("transcription", "authority"),
            filled("transcription", "outcomes"),
            one_of("transcription", "scan_part", Part.values),
            one_of("transcription", "scan_type", ["application/pdf", "image/jpeg", "image/png"]),
            models.CheckConstraint(
                condition=Q(scan_sha256__regex="^[0-9a-f]{64}$"),
                name="transcription_scan_sha256_is_hex",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} transcription {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this transcription."""
        return str(self)

    @property
    def scan_name(self) -> str:
        """The name under which its scan is read, e.g. "pcd-386-scan.pdf"."""
        ending = {"application/pdf": "pdf", "image/jpeg": "jpg"}.get(self.scan_type, "png")
        return f"{self.decision.slug}-scan.{ending}"

"""Words of spending lines that lie in Part 2: kept apart, so that no line carries them.

Whatever shows a line shows "Withheld: FOIA 2000 s43(2)" in their place, because that is what the
line says; nothing has to remember to leave them out.
"""

from django.db import models
from django.db.models import Q

from audit.history import TrackedModel
from decisions.models import Part
from grants.models.lines import SpendingLine

SHOWN = "Withheld: "


class WithheldField(models.TextChoices):
    """What of a spending line can lie in Part 2."""

    PAYEE = "payee", "Payee"
    PURPOSE = "purpose", "Purpose"
    EVIDENCE = "evidence", "Evidence"
    FILE_NAME = "file_name", "File name of the evidence"


COLUMN_OF = {
    WithheldField.PAYEE: "payee",
    WithheldField.PURPOSE: "purpose",
    WithheldField.FILE_NAME: "evidence_name",
}
"""The column of a line that says that its words are withheld; evidence leaves none behind."""


def shown_for(ground: str) -> str:
    """Return what everybody sees of words that are withheld on a ground."""
    return f"{SHOWN}{ground}"


def is_shown_for(words: str) -> bool:
    """Whether words are what everybody sees of others that are withheld."""
    return words.startswith(SHOWN.strip())


class WithheldQuerySet(models.QuerySet["Withheld"]):
    """Reading of what is withheld."""

    def in_part_2(self) -> "WithheldQuerySet":
        """Return what is withheld still, line by line."""
        return self.filter(part=Part.PART_2).order_by("line", "id")


class Withheld(TrackedModel):
    """One field of a spending line that lies, or once lay, in Part 2.

    `words` are its words, of evidence the name of the file. Released, they are what the line says.
    """

    line = models.ForeignKey(SpendingLine, on_delete=models.PROTECT, related_name="withheld")
    field = models.CharField(max_length=12, choices=WithheldField.choices)
    part = models.PositiveSmallIntegerField(choices=Part.choices, default=Part.PART_2)
    ground = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)

    objects = WithheldQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "withheld"
        constraints = [
            models.UniqueConstraint(fields=["line", "field"], name="withheld_field_once"),
            models.CheckConstraint(
                condition=Q(field__in=WithheldField.values), name="withheld_field_known"
            ),
            models.CheckConstraint(
                condition=Q(part=Part.PART_1, ground="") | Q(part=Part.PART_2) & ~Q(ground=""),
                name="withheld_part_2_has_ground",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="withheld_words_filled"),
            models.CheckConstraint(
                condition=Q(field="evidence", sha256__regex="^[0-9a-f]{64}$") & ~Q(media_type="")
                | ~Q(field="evidence") & Q(sha256="", media_type=""),
                name="withheld_evidence_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.line.reference}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names it, without its words."""
        return str(self)

    @property
    def shown(self) -> str:
        """What everybody sees in its place."""
        return shown_for(self.ground)

"""The signed PDFs that were issued: append-only, each naming its file by SHA-256."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from audit.fields import ActField
from decisions.models.approvals import Approval, PaperVersion
from decisions.models.constraints import one_of
from decisions.models.decision import Decision
from decisions.models.revisions import RevisionAnswer


class DocumentKind(models.TextChoices):
    """Whether a document holds Part 1 alone, or Part 2 too."""

    PUBLIC = "public", "Public"
    RESTRICTED = "restricted", "Restricted"


class SignedDocumentQuerySet(models.QuerySet["SignedDocument"]):
    """Reading of issued documents; whoever lists them says of which kind."""

    def public(self) -> Self:
        """Return the documents of Part 1."""
        return self.filter(kind=DocumentKind.PUBLIC)

    def restricted(self) -> Self:
        """Return the documents that hold Part 2."""
        return self.filter(kind=DocumentKind.RESTRICTED)

    def open_to_anyone(self, decision: Decision) -> Self:
        """Return the public documents of a published decision that anyone may have.

        What was replaced by a correction that withholds words stays inside; so does what was
        issued since a further signing that is not published yet.
        """
        rows = self.public().exclude(pk__in=self.of_unpublished(decision).values("pk"))
        newer = SignedDocument.objects.filter(decision=decision, n__gt=OuterRef("n"))
        return rows.exclude(Exists(newer.filter(revision__revision__withholds=True)))

    def of_unpublished(self, decision: Decision) -> Self:
        """Return what was issued since a further signing that is not published yet."""
        acts = decision.steps.unpublished().values("act")
        further = SignedDocument.objects.filter(decision=decision, approval__act__in=acts)
        made = further.filter(kind=OuterRef("kind"), n__lte=OuterRef("n"))
        return self.filter(Exists(made), decision=decision)

    def latest_first(self) -> Self:
        """Return them with the current one first."""
        return self.order_by("-n")


class SignedDocument(models.Model):
    """A signed PDF that was issued: its SHA-256 (hex), size (bytes) and place on the ledger.

    A decision issues a public one, and a restricted one exactly when its paper has Part 2 (the
    database holds to that). `n` counts a decision's documents of one kind from 1. `ledger_seq` is
    the entry of the signing that its checkpoint covers. It was issued by an `approval`, or by a
    `revision` that was confirmed afterwards. Append-only.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="documents")
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="documents")
    approval = models.ForeignKey(
        Approval, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    revision = models.ForeignKey(
        RevisionAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    n = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    ledger_seq = models.PositiveBigIntegerField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    issued_at = models.DateTimeField()
    act = ActField()

    objects = SignedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["n", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind", "n"], name="signeddocument_n_once_per_kind"
            ),
            models.UniqueConstraint(
                fields=["approval", "kind"], name="signeddocument_once_per_approval_and_kind"
            ),
            models.UniqueConstraint(
                fields=["revision", "kind"], name="signeddocument_once_per_revision_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(approval__isnull=False, revision__isnull=True)
                | Q(approval__isnull=True, revision__isnull=False),
                name="signeddocument_of_a_decision_or_a_revision",
            ),
            models.UniqueConstraint(
                fields=["ledger_seq", "kind"], name="signeddocument_once_per_signing_and_kind"
            ),
            one_of("signeddocument", "kind", DocumentKind.values),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="signeddocument_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(n=1, supersedes__isnull=True) | Q(n__gt=1, supersedes__isnull=False),
                name="signeddocument_first_or_supersedes",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="signeddocument_not_superseding_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.title}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this document."""
        return str(self)

    @property
    def is_restricted(self) -> bool:
        """Whether Part 2 is in it."""
        return self.kind == DocumentKind.RESTRICTED

    @property
    def title(self) -> str:
        """Return "document 1" or "restricted document 1"."""
        return f"{'restricted ' if self.is_restricted else ''}document {self.n}"

    @property
    def file_name(self) -> str:
        """Return the name under which it is downloaded, e.g. "pcd-726-1-restricted.pdf"."""
        return f"{self.decision.slug}-{self.n}{'-restricted' if self.is_restricted else ''}.pdf"

    @property
    def standing(self) -> str:
        """Return "current", "superseded" (by a later document) or "revoked" (with its decision)."""
        if self.decision.revoked_on is not None:
            return "revoked"
        return "superseded" if self._later().exists() else "current"

    @property
    def standing_in_public(self) -> str:
        """Return the same as anyone is told: a later one counts once it is published.

        One that withholds words counts at once.
        """
        if self.standing != "superseded":
            return self.standing
        hidden = self._later().of_unpublished(self.decision)
        known = self._later().exclude(pk__in=hidden.values("pk"))
        withheld = self._later().filter(revision__revision__withholds=True)
        return "superseded" if known.exists() or withheld.exists() else "current"

    def _later(self) -> SignedDocumentQuerySet:
        return SignedDocument.objects.filter(
            decision=self.decision_id, kind=self.kind, n__gt=self.n
        )

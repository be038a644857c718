"""The tables of the ledger, as Python reads them. They are made by SQL (``audit/sql``).

Nothing here is written through the ORM: entries are appended by ``audit.acts``, and the database
refuses any change.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit.fields import ActField


class Register(models.Model):
    """The one row that says whose register this is and whether it is a demonstration."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    mode = models.TextField()
    body = models.TextField()
    started_at = models.DateTimeField()
    act = ActField()

    class Meta:
        db_table = "register"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.body} ({self.mode})"

    @property
    def ledger_reference(self) -> str:
        """The name under which the audit trail knows the register itself."""
        return "The register"


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    """Reading the ledger: newest first, payloads loaded."""

    def told(self) -> Self:
        """Load what the sentences need."""
        return self.select_related("payload")

    def about(self, instance: models.Model) -> Self:
        """Entries whose subject is this record."""
        return self.filter(subject_label=instance._meta.label_lower, subject_id=str(instance.pk))

    def before(self, seq: int | None) -> Self:
        """Entries before a position, for the next page."""
        return self.filter(seq__lt=seq) if seq else self


class LedgerEntry(models.Model):
    """One act on the audit trail; ``docs/ledger-format.md`` gives its bytes."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    demonstration = models.BooleanField()
    act = models.UUIDField()
    event = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_role = models.TextField()
    subject_label = models.TextField()
    subject_id = models.TextField()
    subject_reference = models.TextField()
    transaction_id = models.TextField()
    transaction_started = models.DateTimeField()
    payload_digest = models.BinaryField()
    previous_hash = models.BinaryField(unique=True)
    hash = models.BinaryField(unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        db_table = "ledger_entry"
        ordering = ["-seq"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.seq} {self.event} {self.subject_reference}"


class LedgerPayload(models.Model):
    """What an entry says beyond its header: salt and canonical JSON, kept apart to be erasable."""

    entry = models.OneToOneField(
        LedgerEntry,
        models.PROTECT,
        primary_key=True,
        db_column="seq",
        related_name="payload",
    )
    salt = models.BinaryField()
    payload = models.TextField()

    class Meta:
        db_table = "ledger_payload"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Payload of entry {self.pk}"


class LedgerRow(models.Model):
    """A row that an entry lists: its table, key, columns covered and SHA-256."""

    pk = models.CompositePrimaryKey("table_name", "key", "entry_id")
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, db_column="seq", related_name="rows")
    table_name = models.TextField()
    key = models.TextField()
    columns = ArrayField(models.TextField())
    digest = models.BinaryField(null=True)

    class Meta:
        db_table = "ledger_row"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name} {self.key}"


class LedgerBatch(models.Model):
    """Rows that an entry lists together: their keys as ranges, and all their digests in that order.

    `place` is that of the item among the rows of the payload; `digest` is over `digests`.
    """

    pk = models.CompositePrimaryKey("entry_id", "place")
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, db_column="seq", related_name="batches")
    place = models.IntegerField()
    table_name = models.TextField()
    columns = ArrayField(models.TextField())
    keys = models.TextField()
    count = models.BigIntegerField()
    digest = models.BinaryField()
    digests = models.BinaryField()

    class Meta:
        db_table = "ledger_batch"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table_name} {self.keys}"


class CheckpointKey(models.Model):
    """A public key (Ed25519, 32 bytes) that signs checkpoints; its id is made from it."""

    id = models.TextField(primary_key=True)
    public_key = models.BinaryField()
    act = ActField()

    class Meta:
        db_table = "checkpoint_key"
        default_permissions = ()

    def __str__(self) -> str:
        return self.id


class CheckpointSuccession(models.Model):
    """That one key signs checkpoints after another, signed by both unless the other was lost."""

    key = models.OneToOneField(
        CheckpointKey, models.PROTECT, primary_key=True, related_name="succession"
    )
    previous = models.OneToOneField(CheckpointKey, models.PROTECT, related_name="successor")
    statement = models.TextField()
    signature = models.BinaryField()
    previous_signature = models.BinaryField(null=True)
    reason = models.TextField()
    act = ActField()

    class Meta:
        db_table = "checkpoint_succession"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key_id} after {self.previous_id}"


class Checkpoint(models.Model):
    """A signed statement that the chain stood at a hash at a position."""

    entry = models.OneToOneField(
        LedgerEntry,
        models.PROTECT,
        primary_key=True,
        db_column="seq",
        related_name="checkpoint",
    )
    hash = models.BinaryField()
    at = models.DateTimeField()
    key = models.ForeignKey(CheckpointKey, models.PROTECT)
    statement = models.TextField()
    signature = models.BinaryField()
    act = ActField()

    class Meta:
        db_table = "checkpoint"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Checkpoint at {self.pk}"

"""What somebody typed into a form and has not saved: kept for them, and no part of the register."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from accounts.models import User

KEPT_FOR = timedelta(days=30)
MOST_CLOSED = 500_000  # characters, encrypted


class WorkingTextQuerySet(models.QuerySet["WorkingText"]):
    """Whose text it is, and how old."""

    def of(self, person: User, now: datetime) -> Self:
        """Texts of one person that have not been kept too long, newest first."""
        fresh = self.filter(person=person, kept_at__gte=now - KEPT_FOR)
        return fresh.order_by("-kept_at", "-id")

    def expired(self, now: datetime) -> Self:
        """Texts that have been kept long enough."""
        return self.filter(kept_at__lt=now - KEPT_FOR)


class WorkingText(models.Model):
    """The fields of one form of one person, as typed last (schema transient, as sessions are).

    What is typed has no part yet and may be restricted, so it is kept encrypted: no query, dump or
    database log shows a word of it, and no page but those of the person who typed it.
    """

    # CASCADE: it is nothing without the person who typed it.
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="working_texts")
    address = models.CharField(max_length=300)
    closed = models.TextField()
    kept_at = models.DateTimeField(db_index=True)

    objects = WorkingTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="workingtext_once"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("closed"), MOST_CLOSED),
                name="workingtext_is_capped",
            ),
        ]

    def __str__(self) -> str:
        return f"Text of {self.person} for {self.address}"

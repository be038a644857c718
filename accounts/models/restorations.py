"""A lost second factor: one person asks for it to be restored, another confirms."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.schemes import paired
from audit import clock
from audit.history import TrackedModel

GOOD_FOR = timedelta(days=3)


class FactorRestoration(TrackedModel):
    """That somebody lost their second factor: who asked, who confirmed, or who turned it down.

    `reason` says how it was made sure who the person is. The old factors go when another person
    confirms, who is neither the one that asked nor the person: the database holds both.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="restorations"
    )
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="restorations_asked"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restorations_confirmed",
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="restorations_declined",
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="factorrestoration_has_reason"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")), name="factorrestoration_asked_by_another"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("user")) & ~Q(confirmed_by=F("asked_by"))),
                name="factorrestoration_confirmed_by_a_third",
            ),
            paired("factorrestoration", "confirmed"),
            paired("factorrestoration", "declined"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(declined_at__isnull=True),
                name="factorrestoration_confirmed_or_declined",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True, declined_at__isnull=True),
                name="factorrestoration_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Second factor of {self.user}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this restoration."""
        return f"{self.user.email} second factor"

    @property
    def is_open(self) -> bool:
        """Whether it is neither confirmed nor turned down."""
        return self.confirmed_at is None and self.declined_at is None

    @property
    def is_late(self) -> bool:
        """Whether it was asked for too long ago to be confirmed."""
        return clock.now() > self.asked_at + GOOD_FOR

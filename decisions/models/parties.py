"""The parties named in a paper."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from audit.history import TrackedModel
from decisions.models.constraints import filled


class Organisation(TrackedModel):
    """A funder, recipient or other party. `org_identifier` is its org-id.guide identifier."""

    name = models.CharField(max_length=200)
    org_identifier = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            filled("organisation", "name"),
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
            models.UniqueConstraint(
                fields=["org_identifier"],
                condition=~Q(org_identifier=""),
                name="organisation_org_identifier_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this organisation."""
        return self.name

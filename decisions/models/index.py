"""What search looks in: derived from the paper, and no part of the register (schema transient)."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from decisions.models.decision import Decision


class SearchEntry(models.Model):
    """The words of one decision's Part 1, and none of its Part 2's, as PostgreSQL searches them."""

    # CASCADE: an entry is derived from its decision and means nothing without it.
    decision = models.OneToOneField(
        Decision, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="searchentry_words")]

    def __str__(self) -> str:
        return f"Words of {self.decision}"

"""Whom a decision waits on, as they were told, and the mail that waits to be sent.

Both are derived from the register and no part of it (schema transient, like the search index):
they are written in the act's own transaction, so that what was undone tells nobody, and sent by a
command afterwards, so that a mail fault never stops or repeats an act.
"""

from django.db import models

from accounts.models import User
from decisions.models.decision import Decision


class WaitedOn(models.Model):
    """A person that a decision waits on, for what, since when; and when they were last reminded."""

    # CASCADE: derived from its decision and its person, and nothing without either.
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="waited_on")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="waited_on")
    for_what = models.CharField(max_length=200)
    since = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person", "for_what"], name="waitedon_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} waits on {self.person}"


class MailKind(models.TextChoices):
    """Why somebody is written to."""

    WAITS = "waits", "Waits on you"
    REMINDER = "reminder", "Still waits on you"
    NEWS = "news", "Has moved"


class Mail(models.Model):
    """One message to one person about one decision: queued with the act, sent afterwards.

    It holds a reference and what is asked, never words of a paper: mail is read on other people's
    machines. `problem` names the last fault, by its kind alone.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MailKind.choices)
    for_what = models.CharField(max_length=200)
    queued_at = models.DateTimeField()
    try_after = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["try_after", "id"],
                condition=models.Q(sent_at__isnull=True),
                name="mail_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.decision}"

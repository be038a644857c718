"""Proofs of a fresh second factor, each bound to one act on one content, each used once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.fields import ActField


class StepUp(models.Model):
    """A second factor given afresh for a named act on exactly what is decided. Append-only.

    ``digest`` is the SHA-256 (hex) of what is decided. ``evidence`` is what was checked: for a
    passkey the signed bytes, so that anybody can check the signature again; never a secret.
    """

    class Method(models.TextChoices):
        """How it was given. A password is no method."""

        TOTP = "totp", "Code from an authenticator app"
        PASSKEY = "passkey", "Passkey"
        DEMONSTRATION = "demonstration", "The demonstration's loader"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="step_ups"
    )
    act_name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    method = models.CharField(max_length=20, choices=Method.choices)
    evidence = models.JSONField(default=dict)
    verified_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="stepup_digest_is_sha256"
            ),
            models.CheckConstraint(condition=~Q(act_name=""), name="stepup_act_named"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.act_name}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this proof."""
        return f"{self.user.email} {self.act_name}"

    @property
    def in_words(self) -> str:
        """The proof as a signed document's evidence line may print it (under 200 characters)."""
        return f"{self.get_method_display()}, proof {self.pk}, SHA-256 {self.digest}"


class StepUpUse(models.Model):
    """The one use of a proof: the key is unique, so that the database refuses a second."""

    step_up = models.OneToOneField(StepUp, on_delete=models.PROTECT, related_name="use")
    used_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Use of {self.step_up}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this use."""
        return self.step_up.ledger_reference

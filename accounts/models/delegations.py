"""Delegations under a paragraph of a scheme, and each use that was made of one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models.authority import CEILING, DelegatedAct, in_force, period
from accounts.models.schemes import (
    APPROVED,
    Proposed,
    ProposedQuerySet,
    SchemeParagraph,
    above_nought,
    acts_field,
    decided_apart,
    known_acts,
    limit_field,
)
from audit.fields import ActField
from audit.words import day

LIFE = "life"


class CapPer(models.TextChoices):
    """Over what time the uses of a capped delegation are added up."""

    YEAR = "year", "Each financial year"
    LIFE = LIFE, "As long as it lasts"


@dataclass(frozen=True)
class Balance:
    """What of a delegation's cap is used and left (pounds) in a stretch of time."""

    cap: Decimal
    stretch: str
    used: Decimal

    @property
    def left(self) -> Decimal:
        """What is left."""
        return self.cap - self.used

    @property
    def is_of_a_year(self) -> bool:
        """Whether the stretch of time is a financial year."""
        return self.stretch != LIFE


class DelegationQuerySet(ProposedQuerySet["Delegation"]):
    """Reading delegations."""

    def in_force(self, on: date) -> "DelegationQuerySet":
        """Return those in force on a date: approved, under a version that is too."""
        scheme = in_force(on, "paragraph__version__")
        approved = Q(paragraph__version__approved_at__isnull=False)
        found = self.filter(in_force(on), APPROVED, scheme, approved)
        return found.select_related("paragraph__version")

    def held_by(self, user: models.Model) -> "DelegationQuerySet":
        """Return a person's delegations."""
        return self.filter(holder_id=user.pk)

    def covering(self, kind: str) -> "DelegationQuerySet":
        """Return the delegations for a kind of recommendation."""
        return self.filter(acts__contains=[kind])

    def answered_with_yes(self) -> "DelegationQuerySet":
        """Return those that were approved, under a version that was too, whenever in force."""
        return self.filter(APPROVED, paragraph__version__approved_at__isnull=False)

    def with_parties(self) -> "DelegationQuerySet":
        """Join what every list shows."""
        return self.select_related("holder", "deputy_for", "paragraph__version")


class Delegation(Proposed):
    """Authority under a paragraph of a dated scheme of delegation. Never deleted: ended.

    `acts` are kinds of recommendation, `limit` is pounds for one decision (None: no limit), both
    within the paragraph's; `cap` is pounds for all decisions of a financial year or of its life
    together. A deputy's delegation names whose deputy the holder is. The three `scheme_` columns
    are the paragraph as it is printed, which the database holds to the paragraph's own words.
    """

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    paragraph = models.ForeignKey(
        SchemeParagraph, on_delete=models.PROTECT, null=True, related_name="delegations"
    )
    scheme_title = models.CharField(max_length=200)
    scheme_dated = models.DateField()
    scheme_paragraph = models.CharField(max_length=20)
    acts = acts_field()
    limit = limit_field()
    cap = limit_field()
    cap_per = models.CharField(max_length=4, choices=CapPer.choices, blank=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["scheme_dated", "scheme_paragraph", "pk"]
        constraints = [
            period("delegation"),
            above_nought("delegation"),
            above_nought("delegation", "cap"),
            models.CheckConstraint(
                condition=Q(cap__isnull=True, cap_per="")
                | Q(cap__isnull=False, cap_per__in=CapPer.values),
                name="delegation_cap_and_its_time",
            ),
            known_acts("delegation"),
            models.CheckConstraint(
                condition=~Q(scheme_title="") & ~Q(scheme_paragraph=""),
                name="delegation_scheme_named",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("holder")),
                name="delegation_deputy_for_another",
            ),
            *decided_apart("delegation"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("holder")),
                name="delegation_not_approved_by_its_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.authority}"

    @property
    def authority(self) -> str:
        """The authority in words, as signed documents print it.

        "paragraph 4.8 of the Scheme of Delegation and Consent of 1 May 2016, as deputy for …".
        """
        dated = day(self.scheme_dated)
        words = f"paragraph {self.scheme_paragraph} of the {self.scheme_title} of {dated}"
        return f"{words}, as deputy for {self.deputy_for}" if self.deputy_for else words

    @property
    def acts_in_words(self) -> str:
        """The kinds of recommendation covered, in words."""
        return ", ".join(DelegatedAct(act).label.lower() for act in self.acts)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this delegation."""
        return f"{self.holder.email} paragraph {self.scheme_paragraph}"

    def is_in_force(self, on: date) -> bool:
        """Say whether it is in force on a date, and its version of the scheme too."""
        return (
            self.paragraph is not None
            and super().is_in_force(on)
            and self.paragraph.version.is_in_force(on)
        )

    def stretch(self, on: date) -> str:
        """Return the stretch of time that a use on a day counts in: "2019/20", or "life"."""
        return financial_year(on) if self.cap_per == CapPer.YEAR else LIFE

    def used(self, on: date) -> Decimal:
        """Return what was used (pounds) in the stretch of time of a day."""
        last = self.uses.filter(stretch=self.stretch(on)).order_by("-n").first()
        return last.after if last else Decimal()

    def used_by_deputies(self) -> dict[str, str]:
        """Return by which deputy it was used, by what it was used for (`about_id`)."""
        if self.deputy_for_id is not None:
            return {}
        others = DelegationUse.objects.filter(delegation__deputy_for=self.holder_id)
        others = others.filter(about_id__in=self.uses.values("about_id"))
        return dict(others.values_list("about_id", "delegation__holder__name"))

    def balance(self, on: date) -> Balance | None:
        """Return what of the cap is used and left on a day; None without a cap."""
        return None if self.cap is None else Balance(self.cap, self.stretch(on), self.used(on))

    def left(self, on: date) -> Decimal | None:
        """Return what of the cap (pounds) is left on a day; None without a cap."""
        balance = self.balance(on)
        return balance.left if balance else None


def financial_year(on: date) -> str:
    """Return the financial year of a day: "2019/20" (1 April to 31 March)."""
    first = on.year if (on.month, on.day) >= (4, 1) else on.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


class DelegationUse(models.Model):
    """One use of a delegation, by an approval: a numbered statement of what it has used up.

    `amount` is the sum decided (pounds); `before` and `after` are the totals of the `stretch` of
    time ("2019/20", "life"); `cap` is the delegation's. What it was used for is kept in words and
    without a key (`about_label`, `about_id`, `reference`), since the record stands above this app.
    `is_restricted` says that restricted facts (Part 2) are counted in it. What a deputy uses is
    counted twice: against their own delegation and their principal's. Append-only.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="uses")
    stretch = models.CharField(max_length=7)
    n = models.PositiveIntegerField()
    previous_n = models.PositiveIntegerField(null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    before = models.DecimalField(max_digits=14, decimal_places=2)
    after = models.DecimalField(max_digits=14, decimal_places=2)
    cap = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    acts = ArrayField(models.CharField(max_length=30))
    used_on = models.DateField()
    about_label = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    is_restricted = models.BooleanField()
    act = ActField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "stretch", "n"], name="delegationuse_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["delegation", "stretch", "n", "after"], name="delegationuse_n_and_total"
            ),
            models.UniqueConstraint(
                fields=["about_label", "about_id", "delegation"],
                name="delegationuse_once_for_an_approval",
            ),
            models.CheckConstraint(
                condition=Q(n=1, previous_n__isnull=True, before=0)
                | Q(n__gt=1, previous_n__isnull=False, previous_n=F("n") - 1),
                name="delegationuse_follows_the_last",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=CEILING, before__gte=0),
                name="delegationuse_amount_not_below_nought",
            ),
            models.CheckConstraint(
                condition=Q(after=F("before") + F("amount")), name="delegationuse_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(after__lte=F("cap")),
                name="delegationuse_within_the_cap",
            ),
        ]

    def __str__(self) -> str:
        return f"Use {self.n} of {self.delegation}"

    @property
    def acts_in_words(self) -> str:
        """The kinds of recommendation decided, in words."""
        return ", ".join(DelegatedAct(act).label.lower() for act in self.acts)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this use."""
        return f"{self.delegation.ledger_reference} use {self.n}"

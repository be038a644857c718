"""The decision: one paper, from its first draft to its publication."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import AdviceKind, User
from audit.history import TrackedModel
from decisions.models.constraints import one_of
from decisions.models.parties import Organisation
from decisions.models.querysets import DecisionQuerySet
from decisions.models.references import Reference, ReferenceForm
from decisions.models.series import EndorsingStage, Series
from decisions.models.working_days import working_days_after
from decisions.workflow import CHIEF_EXECUTIVE as ENDORSEMENT
from decisions.workflow import DECIDED, FROZEN, OPEN, SUBMITTED, Source, Status


class Decision(TrackedModel):
    """One decision of a series. Frozen from `awaiting_decision` on; never deleted.

    `year` belongs to the reference, in series that number each year anew (CEOD 03-2021).
    `asked` is the lead-in line before the recommendations. `head_of_unit` names, in words, who
    consented for the originating officer's unit, and on what day. `advice_asked` are kinds of
    advice wanted beyond those of the series; `advice_needed` are the kinds that are missing, or
    need confirming, for the paper as it now stands; `has_deferred` says that a recommendation
    still waits for a further signing (both kept by the actions). `with_stage` is the stage of
    endorsement it is at, while it is at one; `urgent_reason` says why it goes before others.
    `authority_paragraph` is the
    paragraph of the scheme relied on, `retrospective_reason` why money is spent before the
    decision or at risk. `warnings` are the digests of what the rules doubt of the paper, as they
    were last looked at once it was submitted (kept by the actions). `begun_from` is the decision
    that it was copied from, as from a template.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="decisions")
    begun_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=500, blank=True)
    asked = models.TextField(blank=True)
    executive_summary = models.TextField(blank=True)
    status = models.CharField(max_length=24, choices=Status.choices, default=Status.DRAFT)
    status_since = models.DateTimeField()
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.HERE)
    originating_officer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="decisions_originated"
    )
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_stage = models.ForeignKey(
        EndorsingStage, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    urgent_reason = models.TextField(blank=True)
    head_of_unit = models.CharField(max_length=200, blank=True)
    head_of_unit_consented_on = models.DateField(null=True, blank=True)
    authority_paragraph = models.CharField(max_length=200, blank=True)
    retrospective_reason = models.TextField(blank=True)
    warnings = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    advice_asked = ArrayField(
        models.CharField(max_length=20, choices=AdviceKind.choices), default=list, blank=True
    )
    advice_needed = ArrayField(
        models.CharField(max_length=20, choices=AdviceKind.choices), default=list, blank=True
    )
    date_signed = models.DateField(null=True, blank=True)
    date_published = models.DateField(null=True, blank=True)
    has_deferred = models.BooleanField(default=False)
    revoked_on = models.DateField(null=True, blank=True)
    decided_by_text = models.CharField(max_length=200, blank=True)
    publication_deferred_until = models.DateField(null=True, blank=True)
    publication_deferred_reason = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()
    supposed_aside: frozenset[int] = frozenset()
    """The ids of whom to suppose aside from it, where it is asked who could then act."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=Q(number__isnull=False),
                nulls_distinct=False,
                name="decision_number_once",
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True)
                | Q(
                    year__range=(2000, 2099),
                    number__isnull=False,
                    source__in=[Source.ELSEWHERE, Source.PAPER],
                ),
                name="decision_year_only_elsewhere",
            ),
            models.CheckConstraint(
                condition=~Q(begun_from=F("id")), name="decision_not_begun_from_itself"
            ),
            one_of("decision", "status", Status.values),
            one_of("decision", "source", Source.values),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="decision_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False)
                | Q(source=Source.ELSEWHERE)
                | Q(status__in=[Status.DRAFT, Status.WITHDRAWN]),
                name="decision_numbered_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(date_signed__isnull=False)
                | Q(source=Source.ELSEWHERE)
                | ~Q(status__in=DECIDED),
                name="decision_dated_once_signed",
            ),
            models.CheckConstraint(
                condition=Q(date_published__isnull=False)
                | Q(source=Source.ELSEWHERE)
                | ~Q(status=Status.PUBLISHED),
                name="decision_dated_once_published",
            ),
            models.CheckConstraint(
                condition=Q(publication_deferred_until__isnull=True, publication_deferred_reason="")
                | (
                    Q(publication_deferred_until__isnull=False) & ~Q(publication_deferred_reason="")
                ),
                name="decision_deferral_has_end_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(head_of_unit="", head_of_unit_consented_on__isnull=True)
                | (~Q(head_of_unit="") & Q(head_of_unit_consented_on__isnull=False)),
                name="decision_head_of_unit_and_day",
            ),
            models.CheckConstraint(
                condition=Q(source__in=[Source.ELSEWHERE, Source.PAPER]) | Q(decided_by_text=""),
                name="decision_decided_by_text_only_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(status__in=DECIDED),
                name="decision_revoked_only_once_decided",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITH_CHIEF_EXECUTIVE, with_stage__isnull=False)
                | (~Q(status=Status.WITH_CHIEF_EXECUTIVE) & Q(with_stage__isnull=True)),
                name="decision_at_a_stage_while_endorsed",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.TRANSCRIBED) | Q(source=Source.PAPER),
                name="decision_transcribed_only_from_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="decision_status"),
            models.Index(fields=["-date_published", "-id"], name="decision_date_published"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Its reference: "PCD 726", "CEOD 03-2021", or "Draft 12" while there is no number."""
        if self.number is None:
            return f"Draft {self.pk}"
        form = ReferenceForm(self.series.reference_form)
        return str(Reference(self.series.code, form, self.number, self.year))

    @property
    def slug(self) -> str:
        """Its place in addresses: "pcd-726", or "draft-12" while there is no number."""
        return self.reference.lower().replace(" ", "-")

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this decision."""
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether its words may still change."""
        return self.status in OPEN

    @property
    def is_submitted(self) -> bool:
        """Whether it is with advisers or the chief executive: every change makes a version."""
        return self.status in SUBMITTED

    @property
    def is_frozen(self) -> bool:
        """Whether its words can no longer change."""
        return self.status in FROZEN

    @property
    def is_decided(self) -> bool:
        """Whether it is signed (or recorded as published elsewhere)."""
        return self.status in DECIDED

    @property
    def is_published(self) -> bool:
        """Whether anyone may read its Part 1."""
        return self.status == Status.PUBLISHED

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it was decided outside this register and is only recorded here."""
        return self.source == Source.ELSEWHERE

    @property
    def is_signed_on_paper(self) -> bool:
        """Whether it was signed elsewhere, on paper, and transcribed here from its scan."""
        return self.source == Source.PAPER

    def was_prepared_by(self, user: User) -> bool:
        """Whether the user is, or ever was, its originating officer."""
        return bool(self.history.filter(originating_officer_id=user.pk).exists())

    def was_advised_on_by(self, user: User) -> bool:
        """Whether the user gave advice of any kind on any version of it."""
        return self.advice.filter(given_by=user).exists()

    @property
    def is_urgent(self) -> bool:
        """Whether it goes before others; no check is spared by it."""
        return bool(self.urgent_reason)

    @property
    def unpublished_since(self) -> datetime | None:
        """When a published decision was signed further, while that is not published yet.

        Asks the database nothing more where the parties are joined (`with_parties`).
        """
        if not self.is_published:
            return None
        if "signed_further" in vars(self):
            found: datetime | None = vars(self)["signed_further"]
            return found
        first = self.steps.unpublished().first()
        return first.taken_at if first else None

    @property
    def publication_due(self) -> date | None:
        """The day by which what was signed is to be published: None before it is signed."""
        if self.date_signed is None:
            return None
        if self.publication_deferred_until:
            return working_days_after(self.publication_deferred_until, 1)
        # One signed on paper can be published from the day on which it was confirmed here.
        further = self.unpublished_since
        signed = timezone.localdate(further) if further else self.date_signed
        if self.is_signed_on_paper:
            signed = max(signed, timezone.localdate(self.status_since))
        return working_days_after(signed, self.series.publish_within)

    @property
    def funder_name(self) -> str:
        """The name of its funder, as it was when the decision was first signed; "" for none."""
        if self.funder is None:
            return ""
        if "funder_as_signed" not in vars(self) and self.is_decided:
            joined = Decision.objects.with_parties().get(pk=self.pk)
            vars(self)["funder_as_signed"] = vars(joined)["funder_as_signed"]
        return str(vars(self).get("funder_as_signed") or self.funder.name)

    def was_endorsed_by(self, user: User) -> bool:
        """Whether the user endorsed any version of it."""
        return bool(self.approvals.filter(stage=ENDORSEMENT, approved_by=user).exists())

    @property
    def required_advice(self) -> list[str]:
        """The kinds of advice it needs, in the order of AdviceKind.

        What its series asks of its kinds of recommendation counts until the paper is frozen.
        """
        wanted = {*self.series.required_advice, *self.advice_asked}
        if self.is_open:
            kinds = self.recommendations.values("kind")
            asked = self.series.requirements.filter(form="advice")
            asked = asked.filter(Q(recommendation_kind="") | Q(recommendation_kind__in=kinds))
            wanted.update(asked.values_list("subject", flat=True))
        return [kind for kind in AdviceKind.values if kind in wanted]

"""The tables of the decisions app."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.fields
import decisions.models.series


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_records"),
        ("accounts", "__first__"),
        ("audit", "0001_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("asked", models.TextField(blank=True)),
                ("executive_summary", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_advice", "In advice"),
                            ("with_chief_executive", "With the chief executive"),
                            ("awaiting_decision", "Awaiting decision"),
                            ("signed", "Signed"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=24,
                    ),
                ),
                ("status_since", models.DateTimeField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("here", "Decided in this register"),
                            ("elsewhere", "Published elsewhere"),
                        ],
                        default="here",
                        max_length=12,
                    ),
                ),
                (
                    "advice_asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "advice_needed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("date_signed", models.DateField(blank=True, null=True)),
                ("date_published", models.DateField(blank=True, null=True)),
                ("has_deferred", models.BooleanField(default=False)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                ("decided_by_text", models.CharField(blank=True, max_length=200)),
                ("publication_deferred_until", models.DateField(blank=True, null=True)),
                ("publication_deferred_reason", models.TextField(blank=True)),
                (
                    "originating_officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_originated",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["status", "-id"], name="decision_status"),
                    models.Index(fields=["-date_published", "-id"], name="decision_date_published"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "in_advice",
                                    "with_chief_executive",
                                    "awaiting_decision",
                                    "signed",
                                    "published",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="decision_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["here", "elsewhere"])),
                        name="decision_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", True), ("number__gte", 1), _connector="OR"
                        ),
                        name="decision_number_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", False),
                            ("source", "elsewhere"),
                            ("status__in", ["draft", "withdrawn"]),
                            _connector="OR",
                        ),
                        name="decision_numbered_once_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_signed__isnull", False),
                            ("source", "elsewhere"),
                            models.Q(("status__in", ("signed", "published")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_dated_once_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_published__isnull", False),
                            ("source", "elsewhere"),
                            models.Q(("status", "published"), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_dated_once_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("publication_deferred_reason", ""),
                                ("publication_deferred_until__isnull", True),
                            ),
                            models.Q(
                                ("publication_deferred_until__isnull", False),
                                models.Q(("publication_deferred_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_deferral_has_end_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "elsewhere"), ("decided_by_text", ""), _connector="OR"
                        ),
                        name="decision_decided_by_text_only_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_on__isnull", True),
                            ("status__in", ("signed", "published")),
                            _connector="OR",
                        ),
                        name="decision_revoked_only_once_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("made", models.CharField(max_length=60)),
                ("made_id", models.BigIntegerField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("org_identifier", models.CharField(blank=True, max_length=100)),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(db_index=True, max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("next_number", models.PositiveIntegerField(default=1)),
                ("decision_maker_role", models.CharField(default="decision_maker", max_length=40)),
                (
                    "required_advice",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        default=decisions.models.series.always_advised,
                        size=None,
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical series",
                "verbose_name_plural": "historical series",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ground", models.CharField(max_length=100)),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True),
                        name="exemption_ground_filled",
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "ground"), name="exemption_ground_once_per_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="exemption_decided_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDecisionLink",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("to_reference", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("continues", "Continues"),
                            ("varies", "Varies"),
                            ("supersedes", "Supersedes"),
                            ("resubmits", "Resubmits"),
                            ("funds", "Funds"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "from_decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "to_decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical decision link",
                "verbose_name_plural": "historical decision links",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExemption",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("ground", models.CharField(max_length=100)),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical exemption",
                "verbose_name_plural": "historical exemptions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=12)),
                ("heading", models.CharField(blank=True, max_length=300)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical section",
                "verbose_name_plural": "historical sections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupportingPaper",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical supporting paper",
                "verbose_name_plural": "historical supporting papers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("org_identifier", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="organisation_name_filled",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="organisation_name_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("org_identifier", ""), _negated=True),
                        fields=("org_identifier",),
                        name="organisation_org_identifier_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="funder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.organisation",
            ),
        ),
        migrations.CreateModel(
            name="PaperVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("part_1_digest", models.CharField(max_length=64)),
                ("part_2_salt", models.CharField(max_length=64)),
                ("part_2_digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "n"), name="paperversion_n_once"),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1)), name="paperversion_n_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content", ""), _negated=True),
                        name="paperversion_content_filled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("chief_executive", "Chief executive"), ("decision", "Decision")],
                        max_length=16,
                    ),
                ),
                ("sitting", models.PositiveSmallIntegerField(default=1)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("approved_as_amended", "Approved as amended"),
                            ("rejected", "Rejected"),
                            ("deferred", "Deferred"),
                            ("noted", "Noted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("interests", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("authority", models.CharField(blank=True, max_length=400)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("act", audit.fields.ActField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="accounts.delegation",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="decisions.decision",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="decisions.paperversion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "version", "stage", "sitting"),
                        name="approval_once_per_version_stage_and_sitting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "decision")),
                        fields=("decision", "sitting"),
                        name="approval_one_decision_per_sitting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["chief_executive", "decision"])),
                        name="approval_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "approved",
                                    "approved_as_amended",
                                    "rejected",
                                    "deferred",
                                    "noted",
                                ],
                            )
                        ),
                        name="approval_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sitting__gte", 1)), name="approval_sitting_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "decision"), _negated=True),
                            models.Q(
                                ("delegation__isnull", False),
                                models.Q(("interests", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="approval_decision_has_authority_and_interests",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("commercial", "Commercial"),
                            ("data_protection", "Data protection"),
                            ("equality", "Equality"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "confirms",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="decisions.advice",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="decisions.decision",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="decisions.paperversion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "advice",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="advice_words_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["financial", "legal", "commercial", "data_protection", "equality"],
                            )
                        ),
                        name="advice_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accept", "Accept a grant"),
                            ("approve_spend", "Approve spending"),
                            ("approve", "Approve"),
                            ("bid", "Bid for a grant"),
                            ("award", "Award"),
                            ("note", "Note"),
                            ("delegate", "Delegate"),
                            ("approve_in_principle", "Approve in principle"),
                            ("carry_forward", "Carry forward"),
                            ("vary", "Vary"),
                            ("determine", "Determine"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=24,
                    ),
                ),
                ("text", models.TextField()),
                ("period_start", models.DateField(blank=True, null=True)),
                ("period_end", models.DateField(blank=True, null=True)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "funded_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="decisions.recommendation",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="decisions.recommendation",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("decision", "position"),
                        name="recommendation_position_once",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("decision", "number"),
                        name="recommendation_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="recommendation_number_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="recommendation_text_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "accept",
                                    "approve_spend",
                                    "approve",
                                    "bid",
                                    "award",
                                    "note",
                                    "delegate",
                                    "approve_in_principle",
                                    "carry_forward",
                                    "vary",
                                    "determine",
                                    "other",
                                ],
                            )
                        ),
                        name="recommendation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="recommendation_period_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="recommendation_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("funded_from", models.F("id")), _negated=True),
                        name="recommendation_not_funded_from_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="recommendation_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption__isnull", True), ("part", 1)),
                            models.Q(("exemption__isnull", False), ("part", 2)),
                            _connector="OR",
                        ),
                        name="recommendation_part_2_has_exemption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRecommendation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accept", "Accept a grant"),
                            ("approve_spend", "Approve spending"),
                            ("approve", "Approve"),
                            ("bid", "Bid for a grant"),
                            ("award", "Award"),
                            ("note", "Note"),
                            ("delegate", "Delegate"),
                            ("approve_in_principle", "Approve in principle"),
                            ("carry_forward", "Carry forward"),
                            ("vary", "Vary"),
                            ("determine", "Determine"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=24,
                    ),
                ),
                ("text", models.TextField()),
                ("period_start", models.DateField(blank=True, null=True)),
                ("period_end", models.DateField(blank=True, null=True)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "funded_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.recommendation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recommendation",
                "verbose_name_plural": "historical recommendations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("up_to", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("sum_decided", "Sum decided"),
                            ("component", "Of which"),
                            ("total", "Total of others"),
                            ("earlier", "Decided earlier"),
                        ],
                        default="sum_decided",
                        max_length=12,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("in", "In"), ("out", "Out"), ("", "Neither")],
                        max_length=4,
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical figure",
                "verbose_name_plural": "historical figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("up_to", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("sum_decided", "Sum decided"),
                            ("component", "Of which"),
                            ("total", "Total of others"),
                            ("earlier", "Decided earlier"),
                        ],
                        default="sum_decided",
                        max_length=12,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("in", "In"), ("out", "Out"), ("", "Neither")],
                        max_length=4,
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("recommendation", "position"),
                        name="figure_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="figure_amount_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["sum_decided", "component", "total", "earlier"])
                        ),
                        name="figure_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["in", "out", ""])),
                        name="figure_direction_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("approved_as_amended", "Approved as amended"),
                            ("rejected", "Rejected"),
                            ("deferred", "Deferred"),
                            ("noted", "Noted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("act", audit.fields.ActField()),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="decisions.approval",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation__position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("outcome", "deferred"), _connector="OR"
                        ),
                        name="recommendationoutcome_until_only_deferred",
                    ),
                    models.UniqueConstraint(
                        fields=("approval", "recommendation"),
                        name="recommendationoutcome_once_per_approval",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "deferred"), _negated=True),
                        fields=("recommendation",),
                        name="recommendationoutcome_decided_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "approved",
                                    "approved_as_amended",
                                    "rejected",
                                    "deferred",
                                    "noted",
                                ],
                            )
                        ),
                        name="recommendationoutcome_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("up_to", models.BooleanField()),
                ("act", audit.fields.ActField()),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided",
                        to="decisions.figure",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="decisions.recommendationoutcome",
                    ),
                ),
            ],
            options={
                "ordering": ["figure__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outcome", "figure"), name="outcomefigure_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="outcomefigure_amount_above_nought",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("act", audit.fields.ActField()),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="decisions.recommendationoutcome",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outcome", "position"), name="condition_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="condition_text_filled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=12)),
                ("heading", models.CharField(blank=True, max_length=300)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("decision", "position"),
                        name="section_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="section_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption__isnull", True), ("part", 1)),
                            models.Q(("exemption__isnull", False), ("part", 2)),
                            _connector="OR",
                        ),
                        name="section_part_2_has_exemption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=12)),
                ("text", models.TextField()),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs",
                        to="decisions.section",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("section", "position"),
                        name="paragraph_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="paragraph_text_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="paragraph_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption__isnull", True), ("part", 1)),
                            models.Q(("exemption__isnull", False), ("part", 2)),
                            _connector="OR",
                        ),
                        name="paragraph_part_2_has_exemption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalParagraph",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=12)),
                ("text", models.TextField()),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical paragraph",
                "verbose_name_plural": "historical paragraphs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("next_number", models.PositiveIntegerField(default=1)),
                ("decision_maker_role", models.CharField(default="decision_maker", max_length=40)),
                (
                    "required_advice",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        default=decisions.models.series.always_advised,
                        size=None,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{2,12}$")),
                        name="series_code_in_capitals",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_number__gte", 1)),
                        name="series_next_number_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("act", audit.fields.ActField()),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "ordering": ["series", "first"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="numbergap_reason_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="numbergap_last_not_before_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDecision",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("asked", models.TextField(blank=True)),
                ("executive_summary", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_advice", "In advice"),
                            ("with_chief_executive", "With the chief executive"),
                            ("awaiting_decision", "Awaiting decision"),
                            ("signed", "Signed"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=24,
                    ),
                ),
                ("status_since", models.DateTimeField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("here", "Decided in this register"),
                            ("elsewhere", "Published elsewhere"),
                        ],
                        default="here",
                        max_length=12,
                    ),
                ),
                (
                    "advice_asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "advice_needed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("financial", "Financial"),
                                ("legal", "Legal"),
                                ("commercial", "Commercial"),
                                ("data_protection", "Data protection"),
                                ("equality", "Equality"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("date_signed", models.DateField(blank=True, null=True)),
                ("date_published", models.DateField(blank=True, null=True)),
                ("has_deferred", models.BooleanField(default=False)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                ("decided_by_text", models.CharField(blank=True, max_length=200)),
                ("publication_deferred_until", models.DateField(blank=True, null=True)),
                ("publication_deferred_reason", models.TextField(blank=True)),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "originating_officer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical decision",
                "verbose_name_plural": "historical decisions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="decision",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="decisions.series",
            ),
        ),
        migrations.CreateModel(
            name="SignedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("public", "Public"), ("restricted", "Restricted")], max_length=10
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("ledger_seq", models.PositiveBigIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="decisions.approval",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="decisions.decision",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="decisions.signeddocument",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="decisions.paperversion",
                    ),
                ),
            ],
            options={
                "ordering": ["n", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "kind", "n"), name="signeddocument_n_once_per_kind"
                    ),
                    models.UniqueConstraint(
                        fields=("approval", "kind"),
                        name="signeddocument_once_per_approval_and_kind",
                    ),
                    models.UniqueConstraint(
                        fields=("ledger_seq", "kind"),
                        name="signeddocument_once_per_signing_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["public", "restricted"])),
                        name="signeddocument_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="signeddocument_sha256_is_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("n", 1), ("supersedes__isnull", True)),
                            models.Q(("n__gt", 1), ("supersedes__isnull", False)),
                            _connector="OR",
                        ),
                        name="signeddocument_first_or_supersedes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supersedes", models.F("id")), _negated=True),
                        name="signeddocument_not_superseding_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepTaken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("submit_for_advice", "Submitted for advice"),
                            ("send_to_chief_executive", "Sent to the chief executive"),
                            ("endorse", "Endorsed by the chief executive"),
                            ("return_to_draft", "Returned to draft"),
                            ("withdraw", "Withdrawn"),
                            ("decide", "Signed"),
                            ("decide_deferred", "Signed further"),
                            ("publish", "Published"),
                            ("defer_publication", "Publication deferred"),
                            ("take_down", "Taken down"),
                            ("revoke", "Revoked"),
                            ("record_published", "Recorded as published elsewhere"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_advice", "In advice"),
                            ("with_chief_executive", "With the chief executive"),
                            ("awaiting_decision", "Awaiting decision"),
                            ("signed", "Signed"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_advice", "In advice"),
                            ("with_chief_executive", "With the chief executive"),
                            ("awaiting_decision", "Awaiting decision"),
                            ("signed", "Signed"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("taken_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("act", audit.fields.ActField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="decisions.decision",
                    ),
                ),
                (
                    "in_favour_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersessions",
                        to="decisions.decision",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "name__in",
                                [
                                    "submit_for_advice",
                                    "send_to_chief_executive",
                                    "endorse",
                                    "return_to_draft",
                                    "withdraw",
                                    "decide",
                                    "decide_deferred",
                                    "publish",
                                    "defer_publication",
                                    "take_down",
                                    "revoke",
                                    "record_published",
                                ],
                            )
                        ),
                        name="step_name_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "name__in",
                                    [
                                        "return_to_draft",
                                        "withdraw",
                                        "defer_publication",
                                        "take_down",
                                        "revoke",
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="step_reason_where_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", "defer_publication"), ("until__isnull", False)),
                            models.Q(
                                models.Q(("name", "defer_publication"), _negated=True),
                                ("until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="step_deferral_has_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name", "revoke"), ("in_favour_of__isnull", True), _connector="OR"
                        ),
                        name="step_only_revocation_names_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supporting_papers",
                        to="decisions.decision",
                    ),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("decision", "position"),
                        name="supportingpaper_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="supportingpaper_title_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="supportingpaper_sha256_is_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="supportingpaper_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption__isnull", True), ("part", 1)),
                            models.Q(("exemption__isnull", False), ("part", 2)),
                            _connector="OR",
                        ),
                        name="supportingpaper_part_2_has_exemption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="decisions.decision",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], name="searchentry_words"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("board", models.CharField(max_length=200)),
                ("held_on", models.DateField()),
                ("outcome", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["held_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("board", ""), _negated=True),
                        name="consultation_board_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), _negated=True),
                        name="consultation_outcome_filled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to_reference", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("continues", "Continues"),
                            ("varies", "Varies"),
                            ("supersedes", "Supersedes"),
                            ("resubmits", "Resubmits"),
                            ("funds", "Funds"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "from_decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="decisions.decision",
                    ),
                ),
                (
                    "to_decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["continues", "varies", "supersedes", "resubmits", "funds"],
                            )
                        ),
                        name="decisionlink_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_decision__isnull", False), ("to_reference", "")),
                            models.Q(
                                ("to_decision__isnull", True),
                                models.Q(("to_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decisionlink_leads_to_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_decision", models.F("from_decision")), _negated=True
                        ),
                        name="decisionlink_not_to_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("from_decision", "to_decision", "kind"), name="decisionlink_once"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("series", "number"), name="decision_number_once"
            ),
        ),
    ]

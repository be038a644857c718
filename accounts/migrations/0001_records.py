"""The tables of the accounts app."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.clock
import audit.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                (
                    "email",
                    models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=audit.clock.now, editable=False)),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
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
                "verbose_name": "historical user",
                "verbose_name_plural": "historical users",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=audit.clock.now, editable=False)),
            ],
            options={
                "ordering": ["name", "email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_lower_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="user_name_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDelegation",
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
                ("scheme_title", models.CharField(max_length=200)),
                ("scheme_dated", models.DateField()),
                ("scheme_paragraph", models.CharField(max_length=20)),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("accept", "Accept grant"),
                                ("approve_spend", "Approve spending"),
                                ("approve", "Approve"),
                                ("bid", "Bid for grant"),
                                ("award", "Award a grant or contract"),
                                ("note", "Note"),
                                ("delegate", "Delegate"),
                                ("approve_in_principle", "Approve in principle"),
                                ("carry_forward", "Carry forward"),
                                ("vary", "Vary"),
                                ("determine", "Determine"),
                                ("other", "Other"),
                            ],
                            max_length=30,
                        ),
                        size=None,
                    ),
                ),
                (
                    "limit",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                    "deputy_for",
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
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical delegation",
                "verbose_name_plural": "historical delegations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoleHolding",
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("originating_officer", "Originating officer"),
                            ("adviser", "Adviser"),
                            ("chief_executive", "Chief executive"),
                            ("decision_maker", "Decision maker"),
                            ("private_office", "Private office"),
                            ("finance_officer", "Finance officer"),
                            ("finance_approver", "Finance approver"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("governance_officer", "Governance officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "advice_kind",
                    models.CharField(
                        blank=True,
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical role holding",
                "verbose_name_plural": "historical role holdings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StepUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act_name", models.CharField(max_length=80)),
                ("digest", models.CharField(max_length=64)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("totp", "Code from an authenticator app"),
                            ("passkey", "Passkey"),
                            ("demonstration", "The demonstration's loader"),
                        ],
                        max_length=20,
                    ),
                ),
                ("evidence", models.JSONField(default=dict)),
                ("verified_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="stepup_digest_is_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act_name", ""), _negated=True), name="stepup_act_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepUpUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("used_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "step_up",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="use",
                        to="accounts.stepup",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme_title", models.CharField(max_length=200)),
                ("scheme_dated", models.DateField()),
                ("scheme_paragraph", models.CharField(max_length=20)),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("accept", "Accept grant"),
                                ("approve_spend", "Approve spending"),
                                ("approve", "Approve"),
                                ("bid", "Bid for grant"),
                                ("award", "Award a grant or contract"),
                                ("note", "Note"),
                                ("delegate", "Delegate"),
                                ("approve_in_principle", "Approve in principle"),
                                ("carry_forward", "Carry forward"),
                                ("vary", "Vary"),
                                ("determine", "Determine"),
                                ("other", "Other"),
                            ],
                            max_length=30,
                        ),
                        size=None,
                    ),
                ),
                (
                    "limit",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "deputy_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["scheme_dated", "scheme_paragraph", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="delegation_period_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit__isnull", True),
                            models.Q(("limit__gt", 0), ("limit__lt", Decimal("1000000000000"))),
                            _connector="OR",
                        ),
                        name="delegation_limit_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acts__len__gte", 1),
                            (
                                "acts__contained_by",
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
                            ),
                        ),
                        name="delegation_acts_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scheme_title", ""), _negated=True),
                            models.Q(("scheme_paragraph", ""), _negated=True),
                        ),
                        name="delegation_scheme_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy_for__isnull", True),
                            models.Q(("deputy_for", models.F("holder")), _negated=True),
                            _connector="OR",
                        ),
                        name="delegation_deputy_for_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleHolding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("originating_officer", "Originating officer"),
                            ("adviser", "Adviser"),
                            ("chief_executive", "Chief executive"),
                            ("decision_maker", "Decision maker"),
                            ("private_office", "Private office"),
                            ("finance_officer", "Finance officer"),
                            ("finance_approver", "Finance approver"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("governance_officer", "Governance officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "advice_kind",
                    models.CharField(
                        blank=True,
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["role", "advice_kind", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="roleholding_period_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "originating_officer",
                                    "adviser",
                                    "chief_executive",
                                    "decision_maker",
                                    "private_office",
                                    "finance_officer",
                                    "finance_approver",
                                    "chief_finance_officer",
                                    "governance_officer",
                                    "auditor",
                                    "administrator",
                                ],
                            )
                        ),
                        name="roleholding_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "advice_kind__in",
                                    [
                                        "financial",
                                        "legal",
                                        "commercial",
                                        "data_protection",
                                        "equality",
                                    ],
                                ),
                                ("role", "adviser"),
                            ),
                            models.Q(
                                models.Q(("role", "adviser"), _negated=True), ("advice_kind", "")
                            ),
                            _connector="OR",
                        ),
                        name="roleholding_adviser_iff_advice_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("user", "role", "advice_kind"),
                        name="roleholding_one_live_per_role",
                    ),
                ],
            },
        ),
    ]

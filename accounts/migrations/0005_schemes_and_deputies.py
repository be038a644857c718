"""Keep scheme versions, their approval, and deputies."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_dates_are_finite"),
    ]

    operations = [
        migrations.CreateModel(
            name="DelegationUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stretch", models.CharField(max_length=7)),
                ("n", models.PositiveIntegerField()),
                ("previous_n", models.PositiveIntegerField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("before", models.DecimalField(decimal_places=2, max_digits=14)),
                ("after", models.DecimalField(decimal_places=2, max_digits=14)),
                ("cap", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                ("used_on", models.DateField()),
                ("about_label", models.CharField(max_length=60)),
                ("about_id", models.CharField(max_length=40)),
                ("reference", models.CharField(max_length=120)),
                ("is_restricted", models.BooleanField()),
                ("act", audit.fields.ActField()),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="accounts.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about_label", "about_id"),
                        name="delegationuse_once_for_an_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("before", 0), ("n", 1), ("previous_n__isnull", True)),
                            models.Q(
                                ("n__gt", 1),
                                (
                                    "previous_n",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("n"), "-", models.Value(1)
                                    ),
                                ),
                                ("previous_n__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="delegationuse_follows_the_last",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gte", 0),
                            ("amount__lt", Decimal("1000000000000")),
                            ("before__gte", 0),
                        ),
                        name="delegationuse_amount_not_below_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "after",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("before"), "+", models.F("amount")
                                ),
                            )
                        ),
                        name="delegationuse_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cap__isnull", True), ("after__lte", models.F("cap")), _connector="OR"
                        ),
                        name="delegationuse_within_the_cap",
                    ),
                    models.UniqueConstraint(
                        fields=("delegation", "stretch", "n"), name="delegationuse_numbered_once"
                    ),
                    models.UniqueConstraint(
                        fields=("delegation", "stretch", "n", "after"),
                        name="delegationuse_n_and_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSchemeParagraph",
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
                ("number", models.CharField(max_length=20)),
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
                ("words", models.TextField(blank=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
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
                "verbose_name": "historical scheme paragraph",
                "verbose_name_plural": "historical scheme paragraphs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSchemeVersion",
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
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("declined_reason", models.CharField(blank=True, max_length=300)),
                ("title", models.CharField(max_length=200)),
                ("dated", models.DateField()),
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
                    "approved_by",
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
                    "declined_by",
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
                    "proposed_by",
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
                "verbose_name": "historical scheme version",
                "verbose_name_plural": "historical scheme versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SchemeParagraph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
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
                ("words", models.TextField(blank=True)),
                (
                    "office",
                    models.CharField(
                        blank=True,
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
            ],
            options={
                "ordering": ["version", "number", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="schemeparagraph_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit__isnull", True),
                            models.Q(("limit__gt", 0), ("limit__lt", Decimal("1000000000000"))),
                            _connector="OR",
                        ),
                        name="schemeparagraph_limit_above_nought",
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
                        name="schemeparagraph_acts_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("office", ""),
                            (
                                "office__in",
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
                            ),
                            _connector="OR",
                        ),
                        name="schemeparagraph_office_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchemeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                ("declined_reason", models.CharField(blank=True, max_length=300)),
                ("title", models.CharField(max_length=200)),
                ("dated", models.DateField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_approved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_declined",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss_proposed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-dated", "title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="schemeversion_period_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="schemeversion_titled",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("declined_at__isnull", True)),
                        fields=("title", "dated"),
                        name="schemeversion_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_at__isnull", True),
                            ("declined_at__isnull", True),
                            _connector="OR",
                        ),
                        name="schemeversion_approved_or_declined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_reason", "")),
                            models.Q(
                                ("declined_at__isnull", False),
                                models.Q(("declined_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="schemeversion_declined_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            models.Q(
                                ("proposed_at__isnull", False), ("proposed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="schemeversion_proposed_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="schemeversion_approved_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                            models.Q(
                                ("declined_at__isnull", False), ("declined_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="schemeversion_declined_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="schemeversion_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="delegation",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="delegation",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss_approved",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="cap",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="delegation",
            name="cap_per",
            field=models.CharField(
                blank=True,
                choices=[("year", "Each financial year"), ("life", "As long as it lasts")],
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="delegation",
            name="declined_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss_declined",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="declined_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="delegation",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="delegation",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss_proposed",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="cap",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="cap_per",
            field=models.CharField(
                blank=True,
                choices=[("year", "Each financial year"), ("life", "As long as it lasts")],
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="declined_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="declined_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="declined_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalroleholding",
            name="deputy_for",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalroleholding",
            name="succeeds",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.roleholding",
            ),
        ),
        migrations.AddField(
            model_name="roleholding",
            name="deputy_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputy_holdings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roleholding",
            name="succeeds",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="accounts.roleholding",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleholding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy_for__isnull", True),
                    models.Q(("deputy_for", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="roleholding_deputy_for_another",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="paragraph",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="accounts.schemeparagraph",
            ),
        ),
        migrations.AddField(
            model_name="historicaldelegation",
            name="paragraph",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.schemeparagraph",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cap__isnull", True),
                    models.Q(("cap__gt", 0), ("cap__lt", Decimal("1000000000000"))),
                    _connector="OR",
                ),
                name="delegation_cap_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cap__isnull", True), ("cap_per", "")),
                    models.Q(("cap__isnull", False), ("cap_per__in", ["year", "life"])),
                    _connector="OR",
                ),
                name="delegation_cap_and_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                    models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_proposed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_approved_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at__isnull", True), ("declined_by__isnull", True)),
                    models.Q(("declined_at__isnull", False), ("declined_by__isnull", False)),
                    _connector="OR",
                ),
                name="delegation_declined_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_at__isnull", True), ("declined_at__isnull", True), _connector="OR"
                ),
                name="delegation_approved_or_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at__isnull", True), ("declined_reason", "")),
                    models.Q(
                        ("declined_at__isnull", False),
                        models.Q(("declined_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="delegation_declined_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="delegation_approved_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("holder")), _negated=True),
                    _connector="OR",
                ),
                name="delegation_not_approved_by_its_holder",
            ),
        ),
        migrations.AddField(
            model_name="schemeparagraph",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="paragraphs",
                to="accounts.schemeversion",
            ),
        ),
        migrations.AddField(
            model_name="historicalschemeparagraph",
            name="version",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="accounts.schemeversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="schemeparagraph",
            constraint=models.UniqueConstraint(
                fields=("version", "number"), name="schemeparagraph_once"
            ),
        ),
    ]

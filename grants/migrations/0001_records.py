"""The records of the money, with the constraints that Django can say."""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("decisions", "0005_sums_decided"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("limit", models.DecimalField(decimal_places=2, max_digits=14)),
                ("purpose", models.CharField(max_length=300)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                (
                    "charge",
                    models.CharField(
                        choices=[("revenue", "Revenue"), ("capital", "Capital")],
                        default="revenue",
                        max_length=8,
                    ),
                ),
                ("allocated_at", models.DateTimeField()),
                (
                    "allocated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "beneficiary",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "budget_holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="decisions.decision",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="decisions.outcomefigure",
                    ),
                ),
                (
                    "funded_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="grants.allocation",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
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
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "n"), name="allocation_n_once"),
                    models.UniqueConstraint(
                        fields=("id", "figure"), name="allocation_id_and_figure"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1)), name="allocation_n_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("funded_from", models.F("id")), _negated=True),
                        name="allocation_not_from_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit__gt", 0), ("limit__lt", 1000000000000)),
                        name="allocation_limit_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="allocation_purpose_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("charge__in", ["revenue", "capital"])),
                        name="allocation_charge_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start__isnull", True),
                            ("period_end__isnull", True),
                            ("period_end__gte", models.F("period_start")),
                            _connector="OR",
                        ),
                        name="allocation_period_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("allocated_at__isnull", False), ("allocated_by__isnull", False)
                            ),
                            models.Q(
                                ("allocated_at__isnull", True), ("allocated_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="allocation_allocated_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
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
                            ("outside", "Outside"),
                            ("authority", "Decided, not yet allocated"),
                            ("available", "Left to spend"),
                            ("committed", "Committed"),
                            ("accrued", "Accrued"),
                            ("used", "Paid"),
                            ("awaiting", "Awaiting authority"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outside",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("role", "outside")), output_field=models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("act", audit.fields.ActField()),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="decisions.outcomefigure",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="grants.allocation",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "outside",
                                    "authority",
                                    "available",
                                    "committed",
                                    "accrued",
                                    "used",
                                    "awaiting",
                                ],
                            )
                        ),
                        name="account_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("allocation__isnull", True),
                                ("figure__isnull", True),
                                ("funder__isnull", False),
                                ("role__in", ("outside", "awaiting")),
                            ),
                            models.Q(
                                ("allocation__isnull", True),
                                ("figure__isnull", False),
                                ("funder__isnull", True),
                                ("role", "authority"),
                            ),
                            models.Q(
                                ("allocation__isnull", False),
                                ("figure__isnull", False),
                                ("funder__isnull", True),
                                ("role__in", ("available", "committed", "accrued", "used")),
                            ),
                            _connector="OR",
                        ),
                        name="account_stands_for_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("funder__isnull", False)),
                        fields=("funder", "role"),
                        name="account_once_per_funder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "authority")),
                        fields=("figure",),
                        name="account_once_per_figure",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role__in", ("available", "used"))),
                        fields=("allocation", "role"),
                        name="account_once_per_allocation",
                    ),
                    models.UniqueConstraint(fields=("id", "role"), name="account_id_and_role"),
                    models.UniqueConstraint(
                        fields=("id", "allocation"), name="account_id_and_allocation"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAllocation",
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
                ("n", models.PositiveIntegerField()),
                ("limit", models.DecimalField(decimal_places=2, max_digits=14)),
                ("purpose", models.CharField(max_length=300)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                (
                    "charge",
                    models.CharField(
                        choices=[("revenue", "Revenue"), ("capital", "Capital")],
                        default="revenue",
                        max_length=8,
                    ),
                ),
                ("allocated_at", models.DateTimeField()),
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
                    "allocated_by",
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
                    "beneficiary",
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
                    "budget_holder",
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
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.outcomefigure",
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
                        to="grants.allocation",
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
            ],
            options={
                "verbose_name": "historical allocation",
                "verbose_name_plural": "historical allocations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("opening", "Authority opened"),
                            ("sub_allocation", "Drawn by another recommendation"),
                            ("allocation", "Allocated"),
                            ("virement", "Virement"),
                            ("commitment", "Committed"),
                            ("accrual", "Accrued"),
                            ("spend", "Spent"),
                            ("release", "Released"),
                            ("awaiting", "Recorded as awaiting authority"),
                            ("reversal", "Reversed"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "source_role",
                    models.CharField(
                        choices=[
                            ("outside", "Outside"),
                            ("authority", "Decided, not yet allocated"),
                            ("available", "Left to spend"),
                            ("committed", "Committed"),
                            ("accrued", "Accrued"),
                            ("used", "Paid"),
                            ("awaiting", "Awaiting authority"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "target_role",
                    models.CharField(
                        choices=[
                            ("outside", "Outside"),
                            ("authority", "Decided, not yet allocated"),
                            ("available", "Left to spend"),
                            ("committed", "Committed"),
                            ("accrued", "Accrued"),
                            ("used", "Paid"),
                            ("awaiting", "Awaiting authority"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "taken",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("amount"), "*", models.Value(-1)
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14),
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("moved_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "opens",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening",
                        to="decisions.outcomefigure",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="grants.move",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_out",
                        to="grants.account",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves_in",
                        to="grants.account",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cause", "opening"),
                                ("source_role", "outside"),
                                ("target_role", "authority"),
                            ),
                            models.Q(
                                ("cause", "sub_allocation"),
                                ("source_role", "available"),
                                ("target_role", "authority"),
                            ),
                            models.Q(
                                ("cause", "sub_allocation"),
                                ("source_role", "authority"),
                                ("target_role", "authority"),
                            ),
                            models.Q(
                                ("cause", "allocation"),
                                ("source_role", "authority"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "virement"),
                                ("source_role", "available"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "commitment"),
                                ("source_role", "available"),
                                ("target_role", "committed"),
                            ),
                            models.Q(
                                ("cause", "accrual"),
                                ("source_role", "available"),
                                ("target_role", "accrued"),
                            ),
                            models.Q(
                                ("cause", "accrual"),
                                ("source_role", "committed"),
                                ("target_role", "accrued"),
                            ),
                            models.Q(
                                ("cause", "spend"),
                                ("source_role", "available"),
                                ("target_role", "used"),
                            ),
                            models.Q(
                                ("cause", "spend"),
                                ("source_role", "committed"),
                                ("target_role", "used"),
                            ),
                            models.Q(
                                ("cause", "spend"),
                                ("source_role", "accrued"),
                                ("target_role", "used"),
                            ),
                            models.Q(
                                ("cause", "release"),
                                ("source_role", "committed"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "release"),
                                ("source_role", "accrued"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "awaiting"),
                                ("source_role", "outside"),
                                ("target_role", "awaiting"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "committed"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "accrued"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "accrued"),
                                ("target_role", "committed"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "used"),
                                ("target_role", "available"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "used"),
                                ("target_role", "committed"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "used"),
                                ("target_role", "accrued"),
                            ),
                            models.Q(
                                ("cause", "reversal"),
                                ("source_role", "awaiting"),
                                ("target_role", "outside"),
                            ),
                            _connector="OR",
                        ),
                        name="move_permitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("target")), _negated=True),
                        name="move_between_two_accounts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="move_amount_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cause__in", ("opening", "sub_allocation")),
                                ("opens__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("cause__in", ("opening", "sub_allocation")), _negated=True
                                ),
                                ("opens__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="move_opens_a_sum_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "reversal"), ("reverses__isnull", False)),
                            models.Q(
                                models.Q(("cause", "reversal"), _negated=True),
                                ("reverses__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="move_reverses_a_move",
                    ),
                    models.UniqueConstraint(fields=("id", "amount"), name="move_id_and_amount"),
                    models.UniqueConstraint(
                        fields=("id", "source", "target", "amount"), name="move_way_and_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                (
                    "previous_n",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.NullIf(
                            django.db.models.expressions.CombinedExpression(
                                models.F("n"), "-", models.Value(1)
                            ),
                            models.Value(0),
                        ),
                        output_field=models.IntegerField(null=True),
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "sign",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.math.Sign(models.F("amount")),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                ("before", models.DecimalField(decimal_places=2, max_digits=14)),
                ("after", models.DecimalField(decimal_places=2, max_digits=14)),
                ("outside", models.BooleanField()),
                ("act", audit.fields.ActField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="grants.account",
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="grants.move",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["account", "n"],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "n"), name="entry_n_once"),
                    models.UniqueConstraint(
                        fields=("account", "n", "after"), name="entry_leaves_balance"
                    ),
                    models.UniqueConstraint(fields=("move", "sign"), name="entry_once_per_side"),
                    models.UniqueConstraint(
                        fields=("move", "account", "amount"), name="entry_of_move"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 1)), name="entry_n_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gt", 1), ("before", 0), _connector="OR"),
                        name="entry_first_from_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True),
                        name="entry_moves_something",
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
                        name="entry_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after__gte", 0), ("outside", True), _connector="OR"),
                        name="entry_not_below_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", -1000000000000), ("amount__lt", 1000000000000)
                        ),
                        name="entry_amount_is_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__gt", -1000000000000), ("before__lt", 1000000000000)
                        ),
                        name="entry_before_is_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("after__gt", -1000000000000), ("after__lt", 1000000000000)
                        ),
                        name="entry_after_is_a_sum",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpendingLine",
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
                        choices=[
                            ("commitment", "Commitment"),
                            ("accrual", "Accrual"),
                            ("actual", "Actual"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "account_role",
                    models.CharField(
                        choices=[
                            ("outside", "Outside"),
                            ("authority", "Decided, not yet allocated"),
                            ("available", "Left to spend"),
                            ("committed", "Committed"),
                            ("accrued", "Accrued"),
                            ("used", "Paid"),
                            ("awaiting", "Awaiting authority"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("net", models.DecimalField(decimal_places=2, max_digits=14)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=14)),
                ("gross", models.DecimalField(decimal_places=2, max_digits=14)),
                ("is_vat_recovered", models.BooleanField()),
                ("received_on", models.DateField()),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("payee", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("overtime", "Overtime"),
                            ("training", "Training"),
                            ("equipment", "Equipment"),
                            ("software", "Software and licences"),
                            ("services", "Services"),
                            ("travel", "Travel and subsistence"),
                            ("grant_payment", "Grant payment"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
                ("subjective_code", models.CharField(blank=True, max_length=40)),
                ("invoice_number", models.CharField(blank=True, max_length=60)),
                ("po_number", models.CharField(blank=True, max_length=60)),
                ("evidence_sha256", models.CharField(blank=True, max_length=64)),
                ("evidence_name", models.CharField(blank=True, max_length=200)),
                ("evidence_type", models.CharField(blank=True, max_length=100)),
                ("why_awaiting", models.TextField(blank=True)),
                (
                    "key",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        unique=True,
                    ),
                ),
                (
                    "effect",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(reverses__isnull=True, then=models.F("amount")),
                            default=django.db.models.expressions.CombinedExpression(
                                models.F("amount"), "*", models.Value(-1)
                            ),
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14),
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="grants.account",
                    ),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="grants.allocation",
                    ),
                ),
                (
                    "covers",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covered_by",
                        to="grants.spendingline",
                    ),
                ),
                (
                    "draws_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="grants.spendingline",
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="grants.move",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines_recorded",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="grants.spendingline",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["allocation", "-id"], name="spendingline_allocation"),
                    models.Index(fields=["account"], name="spendingline_account"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["commitment", "accrual", "actual"])),
                        name="spendingline_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "category__in",
                                [
                                    "staff",
                                    "overtime",
                                    "training",
                                    "equipment",
                                    "software",
                                    "services",
                                    "travel",
                                    "grant_payment",
                                    "other",
                                ],
                            )
                        ),
                        name="spendingline_category_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="spendingline_amount_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("net__gte", 0), ("net__lt", 1000000000000)),
                        name="spendingline_net_is_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vat__gte", 0), ("vat__lt", 1000000000000)),
                        name="spendingline_vat_is_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gross__gte", 0), ("gross__lt", 1000000000000)),
                        name="spendingline_gross_is_a_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("net"), "+", models.F("vat")
                                ),
                            )
                        ),
                        name="spendingline_vat_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount", models.F("net")), ("is_vat_recovered", True)),
                            models.Q(("amount", models.F("gross")), ("is_vat_recovered", False)),
                            _connector="OR",
                        ),
                        name="spendingline_counts_net_and_lost_vat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account_role", "awaiting"),
                                ("allocation__isnull", True),
                                models.Q(("why_awaiting", ""), _negated=True),
                            ),
                            models.Q(
                                ("account_role", "committed"),
                                ("allocation__isnull", False),
                                ("stage", "commitment"),
                            ),
                            models.Q(
                                ("account_role", "accrued"),
                                ("allocation__isnull", False),
                                ("stage", "accrual"),
                            ),
                            models.Q(
                                ("account_role", "used"),
                                ("allocation__isnull", False),
                                ("stage", "actual"),
                            ),
                            _connector="OR",
                        ),
                        name="spendingline_stage_and_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("evidence_name", ""),
                                ("evidence_sha256", ""),
                                ("evidence_type", ""),
                            ),
                            models.Q(
                                ("evidence_sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("evidence_name", ""), _negated=True),
                                models.Q(("evidence_type", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="spendingline_evidence_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payee", ""), _negated=True),
                        name="spendingline_payee_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="spendingline_purpose_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("recorded_at__isnull", False), ("recorded_by__isnull", False)
                            ),
                            models.Q(("recorded_at__isnull", True), ("recorded_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="spendingline_recorded_at_and_by",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "amount"), name="spendingline_id_and_amount"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "account", "amount"), name="spendingline_place_and_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpendingLine",
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
                    "stage",
                    models.CharField(
                        choices=[
                            ("commitment", "Commitment"),
                            ("accrual", "Accrual"),
                            ("actual", "Actual"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "account_role",
                    models.CharField(
                        choices=[
                            ("outside", "Outside"),
                            ("authority", "Decided, not yet allocated"),
                            ("available", "Left to spend"),
                            ("committed", "Committed"),
                            ("accrued", "Accrued"),
                            ("used", "Paid"),
                            ("awaiting", "Awaiting authority"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("net", models.DecimalField(decimal_places=2, max_digits=14)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=14)),
                ("gross", models.DecimalField(decimal_places=2, max_digits=14)),
                ("is_vat_recovered", models.BooleanField()),
                ("received_on", models.DateField()),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("payee", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=300)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("overtime", "Overtime"),
                            ("training", "Training"),
                            ("equipment", "Equipment"),
                            ("software", "Software and licences"),
                            ("services", "Services"),
                            ("travel", "Travel and subsistence"),
                            ("grant_payment", "Grant payment"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("cost_centre", models.CharField(blank=True, max_length=40)),
                ("subjective_code", models.CharField(blank=True, max_length=40)),
                ("invoice_number", models.CharField(blank=True, max_length=60)),
                ("po_number", models.CharField(blank=True, max_length=60)),
                ("evidence_sha256", models.CharField(blank=True, max_length=64)),
                ("evidence_name", models.CharField(blank=True, max_length=200)),
                ("evidence_type", models.CharField(blank=True, max_length=100)),
                ("why_awaiting", models.TextField(blank=True)),
                (
                    "key",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        db_index=True,
                        editable=False,
                    ),
                ),
                (
                    "effect",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(reverses__isnull=True, then=models.F("amount")),
                            default=django.db.models.expressions.CombinedExpression(
                                models.F("amount"), "*", models.Value(-1)
                            ),
                        ),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14),
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
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
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.account",
                    ),
                ),
                (
                    "allocation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.allocation",
                    ),
                ),
                (
                    "recorded_by",
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
                    "move",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.move",
                    ),
                ),
                (
                    "covers",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.spendingline",
                    ),
                ),
                (
                    "draws_on",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.spendingline",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="grants.spendingline",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical spending line",
                "verbose_name_plural": "historical spending lines",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]

"""Letters of award, how bids ended, variations; accounts for what is decided and not awarded."""

import django.db.models.deletion
import django.db.models.functions.math
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_factors_and_handovers_guarded"),
        ("decisions", "0037_limits_of_the_whole_decision"),
        ("grants", "0009_signed_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=100)),
                ("dated", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                ("conditions", models.TextField(blank=True)),
                ("needs_consent", models.BooleanField()),
                ("accepted_on", models.DateField()),
                ("accepted_by", models.CharField(max_length=120)),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("letter_name", models.CharField(blank=True, max_length=200)),
                ("letter_type", models.CharField(blank=True, max_length=100)),
                ("recorded_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="BidEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("won", "Won"), ("in_part", "Won in part"), ("lost", "Lost")],
                        max_length=8,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("told_on", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ClaimDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["due_on"],
            },
        ),
        migrations.CreateModel(
            name="Variation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("earlier", models.DecimalField(decimal_places=2, max_digits=14)),
                ("difference", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "moved",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.math.Abs(models.F("difference")),
                        output_field=models.DecimalField(decimal_places=2, max_digits=14),
                    ),
                ),
                ("applied_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="account_role_known",
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="account_stands_for_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="account_once_per_figure",
        ),
        migrations.RemoveConstraint(
            model_name="move",
            name="move_permitted",
        ),
        migrations.AlterField(
            model_name="account",
            name="role",
            field=models.CharField(
                choices=[
                    ("outside", "Outside"),
                    ("authority", "Decided, not yet allocated"),
                    ("unawarded", "Decided, not awarded"),
                    ("available", "Left to spend"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("awaiting", "Awaiting authority"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="historicalspendingline",
            name="account_role",
            field=models.CharField(
                choices=[
                    ("outside", "Outside"),
                    ("authority", "Decided, not yet allocated"),
                    ("unawarded", "Decided, not awarded"),
                    ("available", "Left to spend"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("awaiting", "Awaiting authority"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="move",
            name="cause",
            field=models.CharField(
                choices=[
                    ("opening", "Authority opened"),
                    ("sub_allocation", "Drawn by another recommendation"),
                    ("allocation", "Allocated"),
                    ("variation", "Varied by a decision"),
                    ("award", "Bound by the funder's letter"),
                    ("limit", "Limit changed"),
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
        migrations.AlterField(
            model_name="move",
            name="source_role",
            field=models.CharField(
                choices=[
                    ("outside", "Outside"),
                    ("authority", "Decided, not yet allocated"),
                    ("unawarded", "Decided, not awarded"),
                    ("available", "Left to spend"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("awaiting", "Awaiting authority"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="move",
            name="target_role",
            field=models.CharField(
                choices=[
                    ("outside", "Outside"),
                    ("authority", "Decided, not yet allocated"),
                    ("unawarded", "Decided, not awarded"),
                    ("available", "Left to spend"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("awaiting", "Awaiting authority"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="account_role",
            field=models.CharField(
                choices=[
                    ("outside", "Outside"),
                    ("authority", "Decided, not yet allocated"),
                    ("unawarded", "Decided, not awarded"),
                    ("available", "Left to spend"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("awaiting", "Awaiting authority"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "outside",
                            "authority",
                            "unawarded",
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
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
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
                        ("role__in", ("authority", "unawarded")),
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
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ("authority", "unawarded"))),
                fields=("figure", "role"),
                name="account_once_per_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
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
                        ("cause", "variation"),
                        ("source_role", "outside"),
                        ("target_role", "authority"),
                    ),
                    models.Q(
                        ("cause", "variation"),
                        ("source_role", "authority"),
                        ("target_role", "outside"),
                    ),
                    models.Q(
                        ("cause", "award"),
                        ("source_role", "authority"),
                        ("target_role", "unawarded"),
                    ),
                    models.Q(
                        ("cause", "award"),
                        ("source_role", "unawarded"),
                        ("target_role", "authority"),
                    ),
                    models.Q(
                        ("cause", "limit"),
                        ("source_role", "authority"),
                        ("target_role", "available"),
                    ),
                    models.Q(
                        ("cause", "limit"),
                        ("source_role", "available"),
                        ("target_role", "authority"),
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
                        ("cause", "spend"), ("source_role", "available"), ("target_role", "used")
                    ),
                    models.Q(
                        ("cause", "spend"), ("source_role", "committed"), ("target_role", "used")
                    ),
                    models.Q(
                        ("cause", "spend"), ("source_role", "accrued"), ("target_role", "used")
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
                        ("cause", "reversal"), ("source_role", "used"), ("target_role", "available")
                    ),
                    models.Q(
                        ("cause", "reversal"), ("source_role", "used"), ("target_role", "committed")
                    ),
                    models.Q(
                        ("cause", "reversal"), ("source_role", "used"), ("target_role", "accrued")
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
        ),
        migrations.AddField(
            model_name="award",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.delegation",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="figure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="decisions.outcomefigure",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="grants.award",
            ),
        ),
        migrations.AddField(
            model_name="bidend",
            name="outcome",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bid_end",
                to="decisions.recommendationoutcome",
            ),
        ),
        migrations.AddField(
            model_name="bidend",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="claimdate",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim_dates",
                to="grants.award",
            ),
        ),
        migrations.AddField(
            model_name="variation",
            name="applied_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="variation",
            name="move",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="variation",
                to="grants.move",
            ),
        ),
        migrations.AddField(
            model_name="variation",
            name="varied",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="variations",
                to="decisions.outcomefigure",
            ),
        ),
        migrations.AddField(
            model_name="variation",
            name="varying",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applied_as",
                to="decisions.outcomefigure",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                name="award_amount_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="award_reference_filled"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_by", ""), _negated=True),
                name="award_accepted_by_filled",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_start__isnull", True),
                    ("period_end__isnull", True),
                    ("period_end__gte", models.F("period_start")),
                    _connector="OR",
                ),
                name="award_period_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(fields=("figure", "n"), name="award_n_once"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(fields=("id", "figure"), name="award_id_and_figure"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1)), name="award_n_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("n", 1), ("replaces__isnull", True)),
                    models.Q(("n__gt", 1), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="award_replaces_the_one_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_on__gte", models.F("dated"))),
                name="award_accepted_once_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter_name", ""), ("letter_sha256", ""), ("letter_type", "")),
                    models.Q(
                        ("letter_sha256__regex", "^[0-9a-f]{64}$"),
                        models.Q(("letter_name", ""), _negated=True),
                        models.Q(("letter_type", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="award_letter_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="bidend",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["won", "in_part", "lost"])),
                name="bidend_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bidend",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount", 0), ("result", "lost")),
                    models.Q(
                        ("amount__gt", 0),
                        ("amount__lt", 1000000000000),
                        ("result__in", ("won", "in_part")),
                    ),
                    _connector="OR",
                ),
                name="bidend_brings_what_was_won",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdate",
            constraint=models.UniqueConstraint(fields=("award", "due_on"), name="claimdate_once"),
        ),
        migrations.AddConstraint(
            model_name="variation",
            constraint=models.CheckConstraint(
                condition=models.Q(("earlier__gt", 0), ("earlier__lt", 1000000000000)),
                name="variation_earlier_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="variation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("difference__gt", -1000000000000),
                    ("difference__lt", 1000000000000),
                    models.Q(("difference", 0), _negated=True),
                ),
                name="variation_changes_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="variation",
            constraint=models.CheckConstraint(
                condition=models.Q(("varying", models.F("varied")), _negated=True),
                name="variation_of_another_sum",
            ),
        ),
    ]

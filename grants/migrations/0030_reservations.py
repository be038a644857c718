"""Keep lines that wait for a second person, and the limit above which they do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0047_own_money_said"),
        ("grants", "0029_lines_written_together"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApprovalLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                ("valid_from", models.DateField()),
                ("reason", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
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
                            ("new", "Spending"),
                            ("conversion", "Conversion"),
                            ("cover", "Spend that awaited authority"),
                            ("recharge", "Spend that was disallowed elsewhere"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("spend", models.JSONField()),
                ("is_last", models.BooleanField(default=True)),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("reserved_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReservationAnswer",
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
                            ("declined", "Declined"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
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
                    ("reserved", "Reserved until approved"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("handed_back", "Handed back"),
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
                    ("reserved", "Reserved until approved"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("handed_back", "Handed back"),
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
                    ("carry_forward", "Carried forward"),
                    ("hand_back", "Handed back"),
                    ("reservation", "Reserved until approved"),
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
                    ("reserved", "Reserved until approved"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("handed_back", "Handed back"),
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
                    ("reserved", "Reserved until approved"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("handed_back", "Handed back"),
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
                    ("reserved", "Reserved until approved"),
                    ("committed", "Committed"),
                    ("accrued", "Accrued"),
                    ("used", "Paid"),
                    ("handed_back", "Handed back"),
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
                            "reserved",
                            "committed",
                            "accrued",
                            "used",
                            "handed_back",
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
                        (
                            "role__in",
                            (
                                "available",
                                "reserved",
                                "committed",
                                "accrued",
                                "used",
                                "handed_back",
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="account_stands_for_one_thing",
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
                        ("cause", "carry_forward"),
                        ("source_role", "available"),
                        ("target_role", "available"),
                    ),
                    models.Q(
                        ("cause", "hand_back"),
                        ("source_role", "available"),
                        ("target_role", "handed_back"),
                    ),
                    models.Q(
                        ("cause", "reservation"),
                        ("source_role", "available"),
                        ("target_role", "reserved"),
                    ),
                    models.Q(
                        ("cause", "reservation"),
                        ("source_role", "committed"),
                        ("target_role", "reserved"),
                    ),
                    models.Q(
                        ("cause", "reservation"),
                        ("source_role", "accrued"),
                        ("target_role", "reserved"),
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
                        ("cause", "release"),
                        ("source_role", "reserved"),
                        ("target_role", "available"),
                    ),
                    models.Q(
                        ("cause", "release"),
                        ("source_role", "reserved"),
                        ("target_role", "committed"),
                    ),
                    models.Q(
                        ("cause", "release"),
                        ("source_role", "reserved"),
                        ("target_role", "accrued"),
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
            model_name="approvallimit",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="account",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservation",
                to="grants.account",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="allocation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations",
                to="grants.allocation",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="grants.reservation",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="of_line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reservations_of_it",
                to="grants.spendingline",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="reserved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="reservation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grants.reservation",
            ),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="reservation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="line",
                to="grants.reservation",
            ),
        ),
        migrations.AddField(
            model_name="reservationanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reservationanswer",
            name="reservation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="grants.reservation",
            ),
        ),
        migrations.AddField(
            model_name="reservationanswer",
            name="reserved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="approvallimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="approvallimit_reason_filled",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvallimit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__isnull", True),
                    models.Q(("amount__gte", 0), ("amount__lt", 1000000000000)),
                    _connector="OR",
                ),
                name="approvallimit_amount_is_a_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["new", "conversion", "cover", "recharge"])),
                name="reservation_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                name="reservation_amount_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "new"), ("of_line__isnull", True)),
                    models.Q(models.Q(("kind", "new"), _negated=True), ("of_line__isnull", False)),
                    _connector="OR",
                ),
                name="reservation_of_a_line_or_new",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                fields=("id", "reserved_by"), name="reservation_id_and_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="reservationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ["approved", "declined"]),
                        models.Q(("answered_by", models.F("reserved_by")), _negated=True),
                    ),
                    models.Q(("answered_by", models.F("reserved_by")), ("outcome", "taken_back")),
                    _connector="OR",
                ),
                name="reservationanswer_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "declined"), ("words", ""), _negated=True),
                name="reservationanswer_no_says_why",
            ),
        ),
    ]

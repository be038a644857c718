"""Let money be moved, carried forward and handed back as one proposes and another approves."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0045_caps_of_principals"),
        ("grants", "0017_months_bind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name="account_once_per_allocation",
        ),
        migrations.RemoveConstraint(
            model_name="move",
            name="move_permitted",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="proposal_of_one_thing",
        ),
        migrations.AddField(
            model_name="proposal",
            name="amount",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="consent_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="consent_reference",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="proposal",
            name="giver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.allocation",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="giver_category",
            field=models.CharField(
                blank=True,
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
        migrations.AddField(
            model_name="proposal",
            name="taker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.allocation",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="taker_category",
            field=models.CharField(
                blank=True,
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
        migrations.AddField(
            model_name="proposalanswer",
            name="move",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approved_by",
                to="grants.move",
            ),
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
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reopening", "Reopen a month"),
                    ("virement", "Virement"),
                    ("carry_forward", "Carry forward"),
                    ("hand_back", "Hand-back"),
                ],
                max_length=16,
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
                        ("role__in", ("available", "committed", "accrued", "used", "handed_back")),
                    ),
                    _connector="OR",
                ),
                name="account_stands_for_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ("available", "used", "handed_back"))),
                fields=("allocation", "role", "category"),
                name="account_once_per_allocation",
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
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["reopening", "virement", "carry_forward", "hand_back"])
                ),
                name="proposal_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__isnull", True),
                        ("closing__isnull", False),
                        ("giver__isnull", True),
                        ("giver_category", ""),
                        ("kind", "reopening"),
                        ("taker__isnull", True),
                        ("taker_category", ""),
                    ),
                    models.Q(
                        ("amount__isnull", False),
                        ("closing__isnull", True),
                        ("giver__isnull", False),
                        ("kind__in", ("virement", "carry_forward")),
                        ("taker__isnull", False),
                    ),
                    models.Q(
                        ("amount__isnull", False),
                        ("closing__isnull", True),
                        ("giver__isnull", False),
                        ("kind", "hand_back"),
                        ("taker__isnull", True),
                        ("taker_category", ""),
                    ),
                    _connector="OR",
                ),
                name="proposal_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__isnull", True),
                    models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                    _connector="OR",
                ),
                name="proposal_amount_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taker__isnull", True),
                    models.Q(("giver", models.F("taker")), _negated=True),
                    models.Q(("giver_category", models.F("taker_category")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_moves_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_on__isnull", True), ("consent_reference", "")),
                    models.Q(
                        models.Q(("consent_reference", ""), _negated=True),
                        ("consent_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposal_consent_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "giver_category__in",
                        [
                            "",
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
                name="proposal_giver_category_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "taker_category__in",
                        [
                            "",
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
                name="proposal_taker_category_known",
            ),
        ),
    ]

"""Let what was handed back by mistake be put right."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0047_own_money_said"),
        ("grants", "0037_staged_rows_digested"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("hand_back_undone", "Hand-back corrected"),
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
            model_name="proposal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reopening", "Reopen a month"),
                    ("virement", "Virement"),
                    ("carry_forward", "Carry forward"),
                    ("hand_back", "Hand-back"),
                    ("hand_back_undone", "Hand-back corrected"),
                ],
                max_length=16,
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
                        ("cause", "hand_back_undone"),
                        ("source_role", "handed_back"),
                        ("target_role", "available"),
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
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["reopening", "virement", "carry_forward", "hand_back", "hand_back_undone"],
                    )
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
                    models.Q(
                        ("amount__isnull", False),
                        ("closing__isnull", True),
                        ("giver__isnull", False),
                        ("giver_category", ""),
                        ("kind", "hand_back_undone"),
                        ("taker__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="proposal_of_one_thing",
            ),
        ),
    ]

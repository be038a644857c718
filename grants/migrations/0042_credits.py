"""Let lines give money back: credits, and what a line takes from its account or brings to it."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

UNTIED = """
    ALTER TABLE grants_claimline DROP CONSTRAINT claimline_sum_of_its_line;
    ALTER TABLE grants_spendingline
        DROP CONSTRAINT spendingline_sum_of_its_entry,
        DROP CONSTRAINT spendingline_id_and_effect,
        DROP CONSTRAINT spendingline_reverses_where_it_lies;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0047_own_money_said"),
        ("grants", "0041_reconciling_binds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(UNTIED),
        migrations.RemoveConstraint(
            model_name="move",
            name="move_permitted",
        ),
        migrations.RemoveConstraint(
            model_name="spendingline",
            name="spendingline_place_and_amount",
        ),
        migrations.RemoveConstraint(
            model_name="spendingline",
            name="spendingline_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="spendingline",
            name="spendingline_fields_of_its_kind",
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="credits",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grants.spendingline",
            ),
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="why_credited",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="credits",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credited_by",
                to="grants.spendingline",
            ),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="why_credited",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.RemoveField(model_name="historicalspendingline", name="effect"),
        migrations.AddField(
            model_name="historicalspendingline",
            name="effect",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            models.Q(
                                ("reverses__isnull", True),
                                models.Q(("kind", "credit"), _negated=True),
                            ),
                            models.Q(("kind", "credit"), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.F("amount"),
                    ),
                    default=django.db.models.expressions.CombinedExpression(
                        models.F("amount"), "*", models.Value(-1)
                    ),
                ),
                output_field=models.DecimalField(decimal_places=2, max_digits=14),
            ),
        ),
        migrations.AlterField(
            model_name="historicalspendingline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invoice", "Invoice or order"),
                    ("pay", "Pay and overtime"),
                    ("journal", "Journal"),
                    ("grant_payment", "Grant payment"),
                    ("credit", "Credit"),
                ],
                db_default="invoice",
                default="invoice",
                max_length=16,
            ),
        ),
        migrations.RemoveField(model_name="historicalspendingline", name="moved"),
        migrations.AddField(
            model_name="historicalspendingline",
            name="moved",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            models.Q(
                                ("reverses__isnull", True),
                                models.Q(("kind", "credit"), _negated=True),
                            ),
                            models.Q(("kind", "credit"), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        then=django.db.models.functions.comparison.Coalesce(
                            models.F("together"), models.F("amount")
                        ),
                    ),
                    default=django.db.models.expressions.CombinedExpression(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("together"), models.F("amount")
                        ),
                        "*",
                        models.Value(-1),
                    ),
                ),
                output_field=models.DecimalField(decimal_places=2, max_digits=14),
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
                    ("hand_back_undone", "Hand-back corrected"),
                    ("reservation", "Reserved until approved"),
                    ("commitment", "Committed"),
                    ("accrual", "Accrued"),
                    ("spend", "Spent"),
                    ("release", "Released"),
                    ("awaiting", "Recorded as awaiting authority"),
                    ("reversal", "Reversed"),
                    ("given_back", "Given back"),
                ],
                max_length=16,
            ),
        ),
        migrations.RemoveField(model_name="spendingline", name="effect"),
        migrations.AddField(
            model_name="spendingline",
            name="effect",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            models.Q(
                                ("reverses__isnull", True),
                                models.Q(("kind", "credit"), _negated=True),
                            ),
                            models.Q(("kind", "credit"), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        then=models.F("amount"),
                    ),
                    default=django.db.models.expressions.CombinedExpression(
                        models.F("amount"), "*", models.Value(-1)
                    ),
                ),
                output_field=models.DecimalField(decimal_places=2, max_digits=14),
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invoice", "Invoice or order"),
                    ("pay", "Pay and overtime"),
                    ("journal", "Journal"),
                    ("grant_payment", "Grant payment"),
                    ("credit", "Credit"),
                ],
                db_default="invoice",
                default="invoice",
                max_length=16,
            ),
        ),
        migrations.RemoveField(model_name="spendingline", name="moved"),
        migrations.AddField(
            model_name="spendingline",
            name="moved",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(
                            models.Q(
                                ("reverses__isnull", True),
                                models.Q(("kind", "credit"), _negated=True),
                            ),
                            models.Q(("kind", "credit"), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        then=django.db.models.functions.comparison.Coalesce(
                            models.F("together"), models.F("amount")
                        ),
                    ),
                    default=django.db.models.expressions.CombinedExpression(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("together"), models.F("amount")
                        ),
                        "*",
                        models.Value(-1),
                    ),
                ),
                output_field=models.DecimalField(decimal_places=2, max_digits=14),
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
                    models.Q(
                        ("cause", "reversal"), ("source_role", "available"), ("target_role", "used")
                    ),
                    models.Q(
                        ("cause", "given_back"),
                        ("source_role", "used"),
                        ("target_role", "available"),
                    ),
                    _connector="OR",
                ),
                name="move_permitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="spendingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["invoice", "pay", "journal", "grant_payment", "credit"])
                ),
                name="spendingline_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="spendingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "invoice"),
                        ("pay_period", ""),
                        ("journal_number", ""),
                        ("why_credited", ""),
                        ("credits__isnull", True),
                    ),
                    models.Q(
                        ("kind", "pay"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("journal_number", ""),
                        ("why_credited", ""),
                        models.Q(("pay_period", ""), _negated=True),
                        ("payee", "Payroll"),
                        ("vat", 0),
                        ("credits__isnull", True),
                    ),
                    models.Q(
                        ("kind", "journal"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("pay_period", ""),
                        ("why_credited", ""),
                        models.Q(("journal_number", ""), _negated=True),
                        ("credits__isnull", True),
                    ),
                    models.Q(
                        ("kind", "grant_payment"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("pay_period", ""),
                        ("journal_number", ""),
                        ("why_credited", ""),
                        ("credits__isnull", True),
                    ),
                    models.Q(
                        ("kind", "credit"),
                        ("pay_period", ""),
                        ("journal_number", ""),
                        ("allocation__isnull", False),
                        ("stage", "actual"),
                        ("covers__isnull", True),
                        ("draws_on__isnull", True),
                        models.Q(
                            ("credits__isnull", False),
                            models.Q(("why_credited", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="spendingline_fields_of_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="spendingline",
            constraint=models.UniqueConstraint(
                fields=("id", "account"), name="spendingline_id_and_account"
            ),
        ),
    ]

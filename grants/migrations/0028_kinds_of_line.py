"""Give spending lines a kind, and pay and journals the fields of their own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0027_plans_bind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalspendingline",
            name="journal_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invoice", "Invoice or order"),
                    ("pay", "Pay and overtime"),
                    ("journal", "Journal"),
                    ("grant_payment", "Grant payment"),
                ],
                db_default="invoice",
                default="invoice",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="pay_period",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="journal_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invoice", "Invoice or order"),
                    ("pay", "Pay and overtime"),
                    ("journal", "Journal"),
                    ("grant_payment", "Grant payment"),
                ],
                db_default="invoice",
                default="invoice",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="pay_period",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddConstraint(
            model_name="spendingline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["invoice", "pay", "journal", "grant_payment"])),
                name="spendingline_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="spendingline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "invoice"), ("pay_period", ""), ("journal_number", "")),
                    models.Q(
                        ("kind", "pay"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("journal_number", ""),
                        models.Q(("pay_period", ""), _negated=True),
                        ("payee", "Payroll"),
                        ("vat", 0),
                    ),
                    models.Q(
                        ("kind", "journal"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("pay_period", ""),
                        models.Q(("journal_number", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "grant_payment"),
                        ("invoice_number", ""),
                        ("po_number", ""),
                        ("pay_period", ""),
                        ("journal_number", ""),
                    ),
                    _connector="OR",
                ),
                name="spendingline_fields_of_its_kind",
            ),
        ),
    ]

"""Keep what recipients and years have of a sum that was amended."""

import django.db.models.deletion
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0038_published_further"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutcomeRecipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("act", audit.fields.ActField()),
                (
                    "outcome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="decisions.recommendationoutcome",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided",
                        to="decisions.recipient",
                    ),
                ),
            ],
            options={
                "ordering": ["recipient__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outcome", "recipient"), name="outcomerecipient_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lt", 1000000000000)),
                        name="outcomerecipient_amount_not_below_nought",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("act", audit.fields.ActField()),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="decisions.outcomefigure",
                    ),
                ),
                (
                    "year_sum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided",
                        to="decisions.yearsum",
                    ),
                ),
            ],
            options={
                "ordering": ["year_sum__year"],
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "year_sum"), name="outcomeyear_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lt", 1000000000000)),
                        name="outcomeyear_amount_not_below_nought",
                    ),
                ],
            },
        ),
    ]

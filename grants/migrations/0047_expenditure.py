"""Statements of expenditure, and their certificates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0047_own_money_said"),
        ("grants", "0046_waivers_bind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpenditureStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("n", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("lines", models.PositiveIntegerField()),
                ("spent", models.DecimalField(decimal_places=2, max_digits=14)),
                ("prepared_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="decisions.outcomefigure",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CertifiedStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("certified_at", models.DateTimeField()),
                ("role", models.CharField(max_length=200)),
                ("evidence", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("ledger_seq", models.PositiveBigIntegerField(unique=True)),
                ("act", audit.fields.ActField()),
                (
                    "certified_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certified",
                        to="grants.expenditurestatement",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="expenditurestatement",
            constraint=models.UniqueConstraint(
                fields=("figure", "year", "n"),
                name="expenditurestatement_n_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="expenditurestatement",
            constraint=models.UniqueConstraint(
                fields=("id", "prepared_by"), name="expenditurestatement_id_and_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="expenditurestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("n__gte", 1),
                    models.Q(
                        ("year__isnull", True), ("year__range", (2000, 2999)), _connector="OR"
                    ),
                ),
                name="expenditurestatement_of_a_year_or_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="expenditurestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent__gt", -1000000000000), ("spent__lt", 1000000000000)),
                name="expenditurestatement_spent_is_a_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="certifiedstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("certified_by", models.F("prepared_by")), _negated=True),
                name="certifiedstatement_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="certifiedstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="certifiedstatement_sha256_is_hex",
            ),
        ),
    ]

"""Let a series write its references with a year, and a decision have one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0008_moves_from_elsewhere"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_number_once",
        ),
        migrations.AddField(
            model_name="decision",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="reference_form",
            field=models.CharField(
                choices=[
                    ("number", "PCD 726"),
                    ("number-year", "CEOD 03-2021"),
                    ("year-number", "DMPCD 2016 12"),
                ],
                default="number",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="reference_form",
            field=models.CharField(
                choices=[
                    ("number", "PCD 726"),
                    ("number-year", "CEOD 03-2021"),
                    ("year-number", "DMPCD 2016 12"),
                ],
                default="number",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__isnull", False)),
                fields=("series", "year", "number"),
                name="decision_number_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year__isnull", True),
                    models.Q(
                        ("number__isnull", False),
                        ("source", "elsewhere"),
                        ("year__range", (2000, 2099)),
                    ),
                    _connector="OR",
                ),
                name="decision_year_only_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reference_form__in", ["number", "number-year", "year-number"])
                ),
                name="series_reference_form_known",
            ),
        ),
    ]

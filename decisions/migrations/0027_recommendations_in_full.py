"""Give recommendations several recipients and sums by year."""

import django.db.models.constraints
import django.db.models.deletion
import simple_history.models
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0026_rules_of_the_paper_in_full"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reviseditem",
            name="reviseditem_place_known",
        ),
        migrations.AlterField(
            model_name="reviseditem",
            name="place",
            field=models.CharField(
                choices=[
                    ("title", "Title"),
                    ("executive_summary", "Executive summary"),
                    ("section", "Section"),
                    ("paragraph", "Paragraph"),
                    ("recommendation", "Recommendation"),
                    ("recipient", "Recipient"),
                    ("supportingpaper", "Supporting paper"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="reviseditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "place__in",
                        [
                            "title",
                            "executive_summary",
                            "section",
                            "paragraph",
                            "recommendation",
                            "recipient",
                            "supportingpaper",
                        ],
                    )
                ),
                name="reviseditem_place_known",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalRecipient",
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
                ("position", models.PositiveIntegerField()),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
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
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "organisation",
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
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recipient",
                "verbose_name_plural": "historical recipients",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalYearSum",
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
                ("year", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
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
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.figure",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical year sum",
                "verbose_name_plural": "historical year sums",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=1
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                (
                    "exemption",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.exemption",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.organisation",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="decisions.recommendation",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("recommendation", "position"),
                        name="recipient_position_once",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("recommendation", "organisation"),
                        name="recipient_organisation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="recipient_amount_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="recipient_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("exemption__isnull", True), ("part", 1)),
                            models.Q(("exemption__isnull", False), ("part", 2)),
                            _connector="OR",
                        ),
                        name="recipient_part_2_has_exemption",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearSum",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="decisions.figure",
                    ),
                ),
            ],
            options={
                "ordering": ["year"],
                "constraints": [
                    models.UniqueConstraint(fields=("figure", "year"), name="yearsum_year_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                        name="yearsum_amount_above_nought",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2099)),
                        name="yearsum_year_known",
                    ),
                ],
            },
        ),
    ]

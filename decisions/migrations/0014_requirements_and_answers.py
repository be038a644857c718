"""Keep what a paper needs, and the answers to what was doubted about it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("decisions", "0013_conditions_decided"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="authority_paragraph",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="decision",
            name="retrospective_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="authority_paragraph",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="retrospective_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="warnings",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="HistoricalRequirement",
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
                (
                    "recommendation_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Accept a grant"),
                            ("approve_spend", "Approve spending"),
                            ("approve", "Approve"),
                            ("bid", "Bid for a grant"),
                            ("award", "Award"),
                            ("note", "Note"),
                            ("delegate", "Delegate"),
                            ("approve_in_principle", "Approve in principle"),
                            ("carry_forward", "Carry forward"),
                            ("vary", "Vary"),
                            ("determine", "Determine"),
                            ("other", "Other"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("section", "A section of the paper"), ("advice", "Advice")],
                        max_length=8,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("commercial", "Commercial"),
                            ("data_protection", "Data protection"),
                            ("equality", "Equality"),
                        ],
                        max_length=20,
                    ),
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
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical requirement",
                "verbose_name_plural": "historical requirements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recommendation_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Accept a grant"),
                            ("approve_spend", "Approve spending"),
                            ("approve", "Approve"),
                            ("bid", "Bid for a grant"),
                            ("award", "Award"),
                            ("note", "Note"),
                            ("delegate", "Delegate"),
                            ("approve_in_principle", "Approve in principle"),
                            ("carry_forward", "Carry forward"),
                            ("vary", "Vary"),
                            ("determine", "Determine"),
                            ("other", "Other"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("section", "A section of the paper"), ("advice", "Advice")],
                        max_length=8,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("commercial", "Commercial"),
                            ("data_protection", "Data protection"),
                            ("equality", "Equality"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "ordering": ["recommendation_kind", "form", "subject"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "recommendation_kind__in",
                                [
                                    "",
                                    "accept",
                                    "approve_spend",
                                    "approve",
                                    "bid",
                                    "award",
                                    "note",
                                    "delegate",
                                    "approve_in_principle",
                                    "carry_forward",
                                    "vary",
                                    "determine",
                                    "other",
                                ],
                            )
                        ),
                        name="requirement_recommendation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["section", "advice"])),
                        name="requirement_form_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject__in",
                                ["financial", "legal", "commercial", "data_protection", "equality"],
                            )
                        ),
                        name="requirement_subject_known",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "recommendation_kind", "form", "subject"),
                        name="requirement_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("finding", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("part", models.PositiveSmallIntegerField(choices=[(1, "Part 1"), (2, "Part 2")])),
                ("words", models.TextField()),
                ("answered_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rule_answers",
                        to="decisions.decision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="ruleanswer_code_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding", ""), _negated=True),
                        name="ruleanswer_finding_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="ruleanswer_words_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="ruleanswer_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="ruleanswer_digest_is_hex",
                    ),
                ],
            },
        ),
    ]

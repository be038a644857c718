"""Keep waivers of rules, and why a line is right where a rule warned."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0044_ties_held_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WaiverEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("ended_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="historicalspendingline",
            name="why_so",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="why_so",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("GRT-05", "GRT-05"),
                            ("GRT-06", "GRT-06"),
                            ("GRT-53", "GRT-53"),
                            ("GRT-54", "GRT-54"),
                        ],
                        max_length=8,
                    ),
                ),
                ("payee", models.CharField(blank=True, max_length=200)),
                ("invoice_number", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField()),
                ("expires_on", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="grants.allocation",
                    ),
                ),
                (
                    "given_by",
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
        migrations.AddField(
            model_name="historicalspendingline",
            name="waiver",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="grants.waiver",
            ),
        ),
        migrations.AddField(
            model_name="spendingline",
            name="waiver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="grants.waiver",
            ),
        ),
        migrations.AddIndex(
            model_name="spendingline",
            index=models.Index(
                condition=models.Q(("invoice_number", ""), _negated=True),
                fields=["gross"],
                name="spendingline_sum_of_invoice",
            ),
        ),
        migrations.AddField(
            model_name="waiverend",
            name="ended_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waiverend",
            name="waiver",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="grants.waiver"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule__in", ["GRT-05", "GRT-06", "GRT-53", "GRT-54"])),
                name="waiver_rule_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="waiver_reason_filled"
            ),
        ),
        migrations.AddConstraint(
            model_name="waiverend",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="waiverend_reason_filled"
            ),
        ),
    ]

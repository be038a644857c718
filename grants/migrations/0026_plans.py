"""Plans of allocations: what is to be spent month by month, and what is expected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0025_lines_found_by_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("profile", "Profile"), ("forecast", "Forecast")], max_length=8
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                ("reason", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="grants.allocation",
                    ),
                ),
                (
                    "made_by",
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
            name="PlanMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("act", audit.fields.ActField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="grants.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["month"],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["profile", "forecast"])), name="plan_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("allocation", "kind", "n"), name="plan_n_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1)), name="plan_n_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("total__gte", 0), ("total__lt", 1000000000000)),
                name="plan_total_is_a_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("n", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="plan_revised_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="planmonth",
            constraint=models.UniqueConstraint(fields=("plan", "month"), name="planmonth_once"),
        ),
        migrations.AddConstraint(
            model_name="planmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="planmonth_of_a_whole_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="planmonth",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lt", 1000000000000)),
                name="planmonth_amount_is_a_sum",
            ),
        ),
    ]

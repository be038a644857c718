"""Keep former supporting papers, what a paper was begun from, and one kind of link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0028_recommendations_in_full_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("part", models.PositiveSmallIntegerField(choices=[(1, "Part 1"), (2, "Part 2")])),
                ("ground", models.CharField(blank=True, max_length=100)),
                (
                    "why",
                    models.CharField(
                        choices=[("replaced", "Replaced"), ("removed", "Removed")], max_length=10
                    ),
                ),
                ("retired_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="begun_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="begun_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="decisions.decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("begun_from", models.F("id")), _negated=True),
                name="decision_not_begun_from_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "funds"), _negated=True),
                fields=("from_decision", "to_decision"),
                name="decisionlink_one_kind_beside_funds",
            ),
        ),
        migrations.AddField(
            model_name="formerpaper",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_papers",
                to="decisions.decision",
            ),
        ),
        migrations.AddField(
            model_name="formerpaper",
            name="retired_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="formerpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="formerpaper_title_filled"
            ),
        ),
        migrations.AddConstraint(
            model_name="formerpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["replaced", "removed"])),
                name="formerpaper_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="formerpaper_sha256_is_hex",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", ""), ("part", 1)),
                    models.Q(("part", 2), models.Q(("ground", ""), _negated=True)),
                    _connector="OR",
                ),
                name="formerpaper_part_2_has_ground",
            ),
        ),
    ]

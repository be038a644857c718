"""Give series of decisions a last day and a successor."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0031_working_text")]

    operations = [
        migrations.AddField(
            model_name="historicalseries",
            name="ends_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="decisions.series",
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="ends_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="series",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="decisions.series",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(
                        ("ends_on__isnull", False),
                        models.Q(("successor", models.F("id")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="series_followed_by_another_when_it_ends",
            ),
        ),
    ]

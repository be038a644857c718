"""Keep the head of unit's consent with the paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0010_year_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="head_of_unit",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="decision",
            name="head_of_unit_consented_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="head_of_unit",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="head_of_unit_consented_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("head_of_unit", ""), ("head_of_unit_consented_on__isnull", True)),
                    models.Q(
                        models.Q(("head_of_unit", ""), _negated=True),
                        ("head_of_unit_consented_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decision_head_of_unit_and_day",
            ),
        ),
    ]

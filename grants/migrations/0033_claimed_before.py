"""What was claimed before this register kept claims."""

import django.db.models.deletion
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0032_guards_of_many_lines"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimedBefore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=200)),
                ("act", audit.fields.ActField()),
                (
                    "spending_import",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claimed_before",
                        to="grants.spendingimport",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "claimed before",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="claimedbefore_reference_filled",
                    )
                ],
            },
        ),
    ]

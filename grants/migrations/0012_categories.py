"""Let what is left of an allocation be set apart for categories."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0043_revisions_and_steps_to_the_letter"),
        ("grants", "0011_awards_bind"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="account",
            name="account_once_per_allocation",
        ),
        migrations.AddField(
            model_name="account",
            name="category",
            field=models.CharField(
                blank=True,
                choices=[
                    ("staff", "Staff"),
                    ("overtime", "Overtime"),
                    ("training", "Training"),
                    ("equipment", "Equipment"),
                    ("software", "Software and licences"),
                    ("services", "Services"),
                    ("travel", "Travel and subsistence"),
                    ("grant_payment", "Grant payment"),
                    ("other", "Other"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category", ""),
                    models.Q(
                        (
                            "category__in",
                            [
                                "staff",
                                "overtime",
                                "training",
                                "equipment",
                                "software",
                                "services",
                                "travel",
                                "grant_payment",
                                "other",
                            ],
                        ),
                        ("role", "available"),
                    ),
                    _connector="OR",
                ),
                name="account_category_of_what_is_left",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ("available", "used"))),
                fields=("allocation", "role", "category"),
                name="account_once_per_allocation",
            ),
        ),
    ]

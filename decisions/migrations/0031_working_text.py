"""Keep text that was typed and not yet saved, outside the register."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

OUTSIDE = "ALTER TABLE public.decisions_workingtext SET SCHEMA transient"
INSIDE = "ALTER TABLE transient.decisions_workingtext SET SCHEMA public"


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0030_records_around_a_paper_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkingText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=300)),
                ("closed", models.TextField()),
                ("kept_at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_texts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "address"), name="workingtext_once"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("closed"), 500000
                        ),
                        name="workingtext_is_capped",
                    ),
                ],
            },
        ),
        migrations.RunSQL(OUTSIDE, INSIDE),
    ]

"""Let the words of advice lie in Part 2."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0040_shares_decided_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="part",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "Part 1"), (2, "Part 2")], default=1
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", [1, 2])), name="advice_part_known"
            ),
        ),
    ]

"""Let a recommendation say that its money is its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("decisions", "0045_caps_of_principals")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="own_money",
            field=models.BooleanField(default=False),
        )
        for name in ("recommendation", "historicalrecommendation")
    ]

"""Count what a deputy decides against the power of their principal too."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0011_deputies_use_their_principals.sql"
NAME = "delegationuse_once_for_an_approval"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_powers_given")]

    operations = [
        migrations.RemoveConstraint("delegationuse", NAME),
        migrations.AddConstraint(
            "delegationuse",
            models.UniqueConstraint(fields=["about_label", "about_id", "delegation"], name=NAME),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
    ]

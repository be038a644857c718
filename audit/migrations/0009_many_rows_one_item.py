"""List rows that one statement writes by one item of the entry."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0009_many_rows_one_item.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_large_acts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SQL.read_text(encoding="utf-8"))],
            state_operations=[
                migrations.CreateModel(
                    name="LedgerBatch",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id",
                                "place",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("place", models.IntegerField()),
                        ("table_name", models.TextField()),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        ("keys", models.TextField()),
                        ("count", models.BigIntegerField()),
                        ("digest", models.BinaryField()),
                        ("digests", models.BinaryField()),
                        (
                            "entry",
                            models.ForeignKey(
                                db_column="seq",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="batches",
                                to="audit.ledgerentry",
                            ),
                        ),
                    ],
                    options={"db_table": "ledger_batch", "default_permissions": ()},
                ),
            ],
        ),
    ]

"""Digest staged rows as PostgreSQL writes them, and ask nothing of each that is so anyhow."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "0037_staged_rows_digested.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0036_withheld_binds"),
    ]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8")),
        migrations.AlterField(
            model_name="importrow",
            name="allocation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.allocation",
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="looks_like",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.spendingline",
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="spending_import",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rows",
                to="grants.spendingimport",
            ),
        ),
    ]

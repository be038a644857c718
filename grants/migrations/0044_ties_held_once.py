"""Hold each tie of a line once, by the constraint that says most, and index nothing that nobody asks.

A line's history is read by line: of its copy of each line's ties no page asks.
"""

import django.db.models.deletion
from django.db import migrations, models

UNASKED = """
    DO $$
    DECLARE
        unasked regclass;
    BEGIN
        FOR unasked IN SELECT i.indexrelid::regclass FROM pg_index i
                       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                       WHERE i.indrelid = 'grants_historicalspendingline'::regclass
                         AND NOT i.indisunique AND a.attname <> 'id' LOOP
            EXECUTE format('DROP INDEX %s', unasked);
        END LOOP;
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0043_credits_bind"),
    ]

    operations = [
        migrations.RunSQL(UNASKED),
        migrations.AlterField(
            model_name="spendingline",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="grants.account",
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="allocation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="grants.allocation",
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="covers",
            field=models.OneToOneField(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="covered_by",
                to="grants.spendingline",
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="move",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="grants.move",
            ),
        ),
        migrations.AlterField(
            model_name="spendingline",
            name="reverses",
            field=models.OneToOneField(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversal",
                to="grants.spendingline",
            ),
        ),
    ]

"""The ledger's schemas, tables, functions and triggers: SQL makes them, Django only reads them."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import audit.fields

SQL = Path(__file__).resolve().parent.parent / "sql" / "0001_ledger.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(SQL.read_text(encoding="utf-8"), "DROP SCHEMA audit CASCADE"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                        ("demonstration", models.BooleanField()),
                        ("act", models.UUIDField()),
                        ("event", models.TextField()),
                        ("actor_id", models.TextField()),
                        ("actor_name", models.TextField()),
                        ("actor_role", models.TextField()),
                        ("subject_label", models.TextField()),
                        ("subject_id", models.TextField()),
                        ("subject_reference", models.TextField()),
                        ("transaction_id", models.TextField()),
                        ("transaction_started", models.DateTimeField()),
                        ("payload_digest", models.BinaryField()),
                        ("previous_hash", models.BinaryField(unique=True)),
                        ("hash", models.BinaryField(unique=True)),
                    ],
                    options={
                        "db_table": "ledger_entry",
                        "ordering": ["-seq"],
                        "default_permissions": ("view",),
                    },
                ),
                migrations.CreateModel(
                    name="CheckpointKey",
                    fields=[
                        ("id", models.TextField(primary_key=True, serialize=False)),
                        ("public_key", models.BinaryField()),
                        ("act", audit.fields.ActField()),
                    ],
                    options={
                        "db_table": "checkpoint_key",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Register",
                    fields=[
                        (
                            "id",
                            models.SmallIntegerField(default=1, primary_key=True, serialize=False),
                        ),
                        ("mode", models.TextField()),
                        ("body", models.TextField()),
                        ("started_at", models.DateTimeField()),
                        ("act", audit.fields.ActField()),
                    ],
                    options={
                        "db_table": "register",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="LedgerPayload",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_column="seq",
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="payload",
                                serialize=False,
                                to="audit.ledgerentry",
                            ),
                        ),
                        ("salt", models.BinaryField()),
                        ("payload", models.TextField()),
                    ],
                    options={
                        "db_table": "ledger_payload",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="LedgerRow",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "table_name",
                                "key",
                                "entry_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("table_name", models.TextField()),
                        ("key", models.TextField()),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        ("digest", models.BinaryField(null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_column="seq",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="audit.ledgerentry",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "ledger_row",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Checkpoint",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_column="seq",
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="checkpoint",
                                serialize=False,
                                to="audit.ledgerentry",
                            ),
                        ),
                        ("hash", models.BinaryField()),
                        ("at", models.DateTimeField()),
                        ("statement", models.TextField()),
                        ("signature", models.BinaryField()),
                        ("act", audit.fields.ActField()),
                        (
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="audit.checkpointkey",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "checkpoint",
                        "default_permissions": (),
                    },
                ),
            ],
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0044_batches_as_prepared"),
        ("grants", "0015_imports_bind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("n", models.PositiveSmallIntegerField()),
                ("words", models.TextField(blank=True)),
                ("moves", models.PositiveIntegerField()),
                ("moved", models.DecimalField(decimal_places=2, max_digits=16)),
                ("closed_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-month", "-n"],
            },
        ),
        migrations.CreateModel(
            name="MonthException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overdue", "Committed, past its date"),
                            ("awaiting", "Awaiting authority"),
                            ("at_risk", "At risk: received before a letter was accepted"),
                        ],
                        max_length=8,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("reopening", "Reopen a month")], max_length=16),
                ),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ProposalAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("turned_down", "Turned down"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["moved_at"], name="move_moved_at"),
        ),
        migrations.AddIndex(
            model_name="spendingline",
            index=models.Index(fields=["recorded_at"], name="spendingline_recorded_at"),
        ),
        migrations.AddField(
            model_name="monthclosing",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="monthexception",
            name="closing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptions",
                to="grants.monthclosing",
            ),
        ),
        migrations.AddField(
            model_name="monthexception",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="grants.spendingline",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="closing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="grants.monthclosing",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="proposal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="grants.proposal",
            ),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.UniqueConstraint(fields=("month", "n"), name="monthclosing_n_once"),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1)), name="monthclosing_n_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="monthclosing_of_a_whole_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthexception",
            constraint=models.UniqueConstraint(
                fields=("closing", "line", "kind"), name="monthexception_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("amount__lt", 1000000000000)),
                name="monthexception_amount_above_nought",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["reopening"])), name="proposal_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="proposal_reason_filled"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing__isnull", False), ("kind", "reopening")),
                name="proposal_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("id", "proposed_by"), name="proposal_id_and_by"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ("approved", "turned_down")),
                        models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                    ),
                    models.Q(("answered_by", models.F("proposed_by")), ("outcome", "taken_back")),
                    _connector="OR",
                ),
                name="proposalanswer_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "turned_down"), ("words", ""), _negated=True),
                name="proposalanswer_no_says_why",
            ),
        ),
    ]

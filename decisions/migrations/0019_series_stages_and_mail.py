"""Keep the stages of a series, what is urgent, and the mail that waits to be sent."""

import django.db.models.constraints
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("decisions", "0016_lists_and_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceGiver",
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
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("commercial", "Commercial"),
                            ("data_protection", "Data protection"),
                            ("equality", "Equality"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("originating_officer", "Originating officer"),
                            ("adviser", "Adviser"),
                            ("chief_executive", "Chief executive"),
                            ("decision_maker", "Decision maker"),
                            ("private_office", "Private office"),
                            ("finance_officer", "Finance officer"),
                            ("finance_approver", "Finance approver"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("governance_officer", "Governance officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_givers",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "ordering": ["series", "kind", "role"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["financial", "legal", "commercial", "data_protection", "equality"],
                            )
                        ),
                        name="advicegiver_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["chief_finance_officer", "governance_officer"])
                        ),
                        name="advicegiver_role_known",
                    ),
                    models.UniqueConstraint(
                        fields=("series", "kind", "role"), name="advicegiver_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EndorsingStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chief_executive", "Chief executive"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("decision_maker", "Decision maker"),
                        ],
                        default="chief_executive",
                        max_length=40,
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "ordering": ["series", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="endorsingstage_title_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["chief_executive", "chief_finance_officer", "decision_maker"],
                            )
                        ),
                        name="endorsingstage_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__range", (1, 9))),
                        name="endorsingstage_position_from_one",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("series", "position"),
                        name="endorsingstage_position_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAdviceGiver",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("financial", "Financial"),
                            ("legal", "Legal"),
                            ("commercial", "Commercial"),
                            ("data_protection", "Data protection"),
                            ("equality", "Equality"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("originating_officer", "Originating officer"),
                            ("adviser", "Adviser"),
                            ("chief_executive", "Chief executive"),
                            ("decision_maker", "Decision maker"),
                            ("private_office", "Private office"),
                            ("finance_officer", "Finance officer"),
                            ("finance_approver", "Finance approver"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("governance_officer", "Governance officer"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical advice giver",
                "verbose_name_plural": "historical advice givers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEndorsingStage",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("act", audit.fields.ActField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("chief_executive", "Chief executive"),
                            ("chief_finance_officer", "Chief finance officer"),
                            ("decision_maker", "Decision maker"),
                        ],
                        default="chief_executive",
                        max_length=40,
                    ),
                ),
                (
                    "history_id",
                    models.BigAutoField(editable=False, primary_key=True, serialize=False),
                ),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="decisions.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical endorsing stage",
                "verbose_name_plural": "historical endorsing stages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Mail",
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
                            ("waits", "Waits on you"),
                            ("reminder", "Still waits on you"),
                            ("news", "Has moved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("for_what", models.CharField(max_length=200)),
                ("queued_at", models.DateTimeField()),
                ("try_after", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=100)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", True)),
                        fields=["try_after", "id"],
                        name="mail_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("for_what", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waited_on",
                        to="decisions.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waited_on",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "person", "for_what"), name="waitedon_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="urgent_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="urgent_reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="decision_maker",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="decision_maker_title",
            field=models.CharField(default="Deputy Mayor for Policing and Crime", max_length=200),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="publish_within",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="historicalseries",
            name="remind_after",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AddField(
            model_name="series",
            name="decision_maker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="series",
            name="decision_maker_title",
            field=models.CharField(default="Deputy Mayor for Policing and Crime", max_length=200),
        ),
        migrations.AddField(
            model_name="series",
            name="publish_within",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="series",
            name="remind_after",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AlterField(
            model_name="historicalseries",
            name="decision_maker_role",
            field=models.CharField(
                choices=[
                    ("decision_maker", "Decision maker"),
                    ("chief_executive", "Chief executive"),
                ],
                default="decision_maker",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="series",
            name="decision_maker_role",
            field=models.CharField(
                choices=[
                    ("decision_maker", "Decision maker"),
                    ("chief_executive", "Chief executive"),
                ],
                default="decision_maker",
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision_maker_role__in", ["decision_maker", "chief_executive"])
                ),
                name="series_decision_maker_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision_maker_title", ""), _negated=True),
                name="series_decision_maker_title_filled",
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_within__range", (0, 30)), ("remind_after__range", (1, 60))
                ),
                name="series_working_days_few",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="with_stage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="decisions.endorsingstage",
            ),
        ),
        migrations.AddField(
            model_name="historicaldecision",
            name="with_stage",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="decisions.endorsingstage",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "with_chief_executive"), ("with_stage__isnull", False)),
                    models.Q(
                        models.Q(("status", "with_chief_executive"), _negated=True),
                        ("with_stage__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decision_at_a_stage_while_endorsed",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="steptaken",
            name="step_name_known",
        ),
        migrations.AlterField(
            model_name="steptaken",
            name="name",
            field=models.CharField(
                choices=[
                    ("submit_for_advice", "Submitted for advice"),
                    ("send_to_chief_executive", "Sent to the chief executive"),
                    ("endorse_stage", "Endorsed; with the next stage"),
                    ("endorse", "Endorsed by the chief executive"),
                    ("return_to_draft", "Returned to draft"),
                    ("withdraw", "Withdrawn"),
                    ("decide", "Signed"),
                    ("decide_deferred", "Signed further"),
                    ("publish", "Published"),
                    ("defer_publication", "Publication deferred"),
                    ("take_down", "Taken down"),
                    ("revoke", "Revoked"),
                    ("record_published", "Recorded as published elsewhere"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__in",
                        [
                            "submit_for_advice",
                            "send_to_chief_executive",
                            "endorse_stage",
                            "endorse",
                            "return_to_draft",
                            "withdraw",
                            "decide",
                            "decide_deferred",
                            "publish",
                            "defer_publication",
                            "take_down",
                            "revoke",
                            "record_published",
                        ],
                    )
                ),
                name="step_name_known",
            ),
        ),
    ]

"""Keep corrections, discharges, releases and decisions signed elsewhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_factors_and_handovers_guarded"),
        ("decisions", "0022_boxes_and_interests_guarded"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConditionDischarge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField()),
                ("met_on", models.DateField()),
                ("file_name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("discharged_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("act", audit.fields.ActField()),
                (
                    "condition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discharge",
                        to="decisions.condition",
                    ),
                ),
                (
                    "discharged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="conditiondischarge_note_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="conditiondischarge_sha256_is_hex",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisedItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("title", "Title"),
                            ("executive_summary", "Executive summary"),
                            ("section", "Section"),
                            ("paragraph", "Paragraph"),
                            ("recommendation", "Recommendation"),
                            ("supportingpaper", "Supporting paper"),
                        ],
                        max_length=20,
                    ),
                ),
                ("row", models.PositiveBigIntegerField(default=0)),
                ("where", models.CharField(max_length=100)),
                ("part", models.PositiveSmallIntegerField(choices=[(1, "Part 1"), (2, "Part 2")])),
                ("old", models.TextField(blank=True)),
                ("new", models.TextField(blank=True)),
                ("act", audit.fields.ActField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "place__in",
                                [
                                    "title",
                                    "executive_summary",
                                    "section",
                                    "paragraph",
                                    "recommendation",
                                    "supportingpaper",
                                ],
                            )
                        ),
                        name="reviseditem_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", [1, 2])), name="reviseditem_part_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Correction"), ("release", "Release of Part 2")],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("review", "Its review date came"),
                            ("foi", "A request under the Freedom of Information Act 2000"),
                            ("other", "Another reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("withholds", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("act", audit.fields.ActField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="decisions.decision",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["correction", "release"])),
                        name="revision_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["", "review", "foi", "other"])),
                        name="revision_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="revision_reason_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", ""), ("kind", "correction")),
                            models.Q(
                                ("kind", "release"),
                                ("withholds", False),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revision_release_has_ground",
                    ),
                    models.UniqueConstraint(fields=("decision", "n"), name="revision_n_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_confirmed", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("authority", models.CharField(blank=True, max_length=400)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                ("act", audit.fields.ActField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="decisions.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_confirmed", True), models.Q(("evidence", ""), _negated=True)
                            ),
                            models.Q(
                                ("is_confirmed", False), models.Q(("words", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="revisionanswer_proved_or_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transcription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=40)),
                ("signed_on", models.DateField()),
                ("decided_by", models.CharField(max_length=200)),
                ("authority", models.CharField(max_length=400)),
                ("interests", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("outcomes", models.TextField()),
                ("scan_sha256", models.CharField(max_length=64)),
                ("scan_size", models.PositiveBigIntegerField()),
                ("scan_type", models.CharField(max_length=20)),
                (
                    "scan_part",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Part 1"), (2, "Part 2")], default=2
                    ),
                ),
                ("transcribed_at", models.DateTimeField()),
                ("role", models.CharField(max_length=40)),
                ("act", audit.fields.ActField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transcriptions",
                        to="decisions.decision",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.delegation",
                    ),
                ),
                (
                    "transcribed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transcription",
                        to="decisions.paperversion",
                    ),
                ),
            ],
            options={
                "ordering": ["n"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="transcription_reference_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", ""), _negated=True),
                        name="transcription_decided_by_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("authority", ""), _negated=True),
                        name="transcription_authority_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcomes", ""), _negated=True),
                        name="transcription_outcomes_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scan_part__in", [1, 2])),
                        name="transcription_scan_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="transcription_scan_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scan_sha256__regex", "^[0-9a-f]{64}$")),
                        name="transcription_scan_sha256_is_hex",
                    ),
                    models.UniqueConstraint(fields=("decision", "n"), name="transcription_n_once"),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="approval",
            name="approval_decision_has_authority_and_interests",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_status_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_source_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_decided_by_text_only_elsewhere",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_year_only_elsewhere",
        ),
        migrations.RemoveConstraint(
            model_name="steptaken",
            name="step_reason_where_needed",
        ),
        migrations.RemoveConstraint(
            model_name="steptaken",
            name="step_name_known",
        ),
        migrations.AddField(
            model_name="approval",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="approval",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approvals",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="source",
            field=models.CharField(
                choices=[
                    ("here", "Decided in this register"),
                    ("elsewhere", "Published elsewhere"),
                    ("paper", "Signed elsewhere, on paper"),
                ],
                default="here",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_advice", "In advice"),
                    ("with_chief_executive", "With the chief executive"),
                    ("awaiting_decision", "Awaiting decision"),
                    ("transcribed", "Awaiting confirmation"),
                    ("signed", "Signed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="historicaldecision",
            name="source",
            field=models.CharField(
                choices=[
                    ("here", "Decided in this register"),
                    ("elsewhere", "Published elsewhere"),
                    ("paper", "Signed elsewhere, on paper"),
                ],
                default="here",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="historicaldecision",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_advice", "In advice"),
                    ("with_chief_executive", "With the chief executive"),
                    ("awaiting_decision", "Awaiting decision"),
                    ("transcribed", "Awaiting confirmation"),
                    ("signed", "Signed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="signeddocument",
            name="approval",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="decisions.approval",
            ),
        ),
        migrations.AlterField(
            model_name="steptaken",
            name="from_status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_advice", "In advice"),
                    ("with_chief_executive", "With the chief executive"),
                    ("awaiting_decision", "Awaiting decision"),
                    ("transcribed", "Awaiting confirmation"),
                    ("signed", "Signed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=24,
            ),
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
                    ("transcribe", "Transcribed from paper"),
                    ("confirm_transcription", "Confirmed as signed elsewhere"),
                    ("return_transcription", "Returned to be transcribed anew"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="steptaken",
            name="to_status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("in_advice", "In advice"),
                    ("with_chief_executive", "With the chief executive"),
                    ("awaiting_decision", "Awaiting decision"),
                    ("transcribed", "Awaiting confirmation"),
                    ("signed", "Signed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year__isnull", True),
                    models.Q(
                        ("number__isnull", False),
                        ("source__in", ["elsewhere", "paper"]),
                        ("year__range", (2000, 2099)),
                    ),
                    _connector="OR",
                ),
                name="decision_year_only_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "in_advice",
                            "with_chief_executive",
                            "awaiting_decision",
                            "transcribed",
                            "signed",
                            "published",
                            "withdrawn",
                        ],
                    )
                ),
                name="decision_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["here", "elsewhere", "paper"])),
                name="decision_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__in", ["elsewhere", "paper"]), ("decided_by_text", ""), _connector="OR"
                ),
                name="decision_decided_by_text_only_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "transcribed"), _negated=True),
                    ("source", "paper"),
                    _connector="OR",
                ),
                name="decision_transcribed_only_from_paper",
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
                            "transcribe",
                            "confirm_transcription",
                            "return_transcription",
                        ],
                    )
                ),
                name="step_name_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptaken",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "name__in",
                            [
                                "return_to_draft",
                                "withdraw",
                                "correct",
                                "release_part_2",
                                "defer_publication",
                                "take_down",
                                "revoke",
                                "return_transcription",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="step_reason_where_needed",
            ),
        ),
        migrations.AddField(
            model_name="reviseditem",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="decisions.revision",
            ),
        ),
        migrations.AddField(
            model_name="signeddocument",
            name="revision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="decisions.revisionanswer",
            ),
        ),
        migrations.AddConstraint(
            model_name="signeddocument",
            constraint=models.UniqueConstraint(
                fields=("revision", "kind"), name="signeddocument_once_per_revision_and_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="signeddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approval__isnull", False), ("revision__isnull", True)),
                    models.Q(("approval__isnull", True), ("revision__isnull", False)),
                    _connector="OR",
                ),
                name="signeddocument_of_a_decision_or_a_revision",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="transcription",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approval",
                to="decisions.transcription",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "decision"), _negated=True),
                    ("transcription__isnull", False),
                    models.Q(
                        ("delegation__isnull", False), models.Q(("interests", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="approval_decision_has_authority_and_interests",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_by__isnull", False),
                        ("confirmed_by__isnull", True),
                        ("transcription__isnull", True),
                    ),
                    models.Q(
                        ("approved_by__isnull", True),
                        ("confirmed_by__isnull", False),
                        ("sitting", 1),
                        ("stage", "decision"),
                        ("transcription__isnull", False),
                        models.Q(("authority", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="approval_by_somebody_here_or_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviseditem",
            constraint=models.UniqueConstraint(
                fields=("revision", "place", "row"), name="reviseditem_place_once"
            ),
        ),
    ]

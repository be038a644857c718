"""Let what is signed further of a published decision be published by a step of its own."""

from django.db import migrations, models

CHOICES = [
    ("submit_for_advice", "Submitted for advice"),
    ("send_to_chief_executive", "Sent to the chief executive"),
    ("endorse_stage", "Endorsed; with the next stage"),
    ("endorse", "Endorsed by the chief executive"),
    ("return_to_draft", "Returned to draft"),
    ("withdraw", "Withdrawn"),
    ("decide", "Signed"),
    ("decide_deferred", "Signed further"),
    ("publish", "Published"),
    ("publish_further", "Published further"),
    ("defer_publication", "Publication deferred"),
    ("take_down", "Taken down"),
    ("revoke", "Revoked"),
    ("record_published", "Recorded as published elsewhere"),
    ("transcribe", "Transcribed from paper"),
    ("confirm_transcription", "Confirmed as signed elsewhere"),
    ("return_transcription", "Returned to be transcribed anew"),
]


class Migration(migrations.Migration):
    dependencies = [("decisions", "0037_limits_of_the_whole_decision")]

    operations = [
        migrations.RemoveConstraint("steptaken", "step_name_known"),
        migrations.AlterField(
            "steptaken", "name", models.CharField(choices=CHOICES, max_length=24)
        ),
        migrations.AddConstraint(
            "steptaken",
            models.CheckConstraint(
                condition=models.Q(name__in=[name for name, _ in CHOICES]),
                name="step_name_known",
            ),
        ),
    ]

"""Keep the decision maker's box, its batches, and who stood aside."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0020_series_stages_and_mail_guarded")]

    operations = []

"""Guard the stages and the mail."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0019_series_stages_and_mail")]

    operations = []

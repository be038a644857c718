"""Keep text that was typed and not yet saved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0030_records_around_a_paper_guarded")]

    operations = []

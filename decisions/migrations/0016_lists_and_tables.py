"""Let a paragraph be a list or a table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0015_requirements_and_answers_guarded")]

    operations = []

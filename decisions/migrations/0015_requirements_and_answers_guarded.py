"""Guard what a paper needs and the answers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0014_requirements_and_answers")]

    operations = []

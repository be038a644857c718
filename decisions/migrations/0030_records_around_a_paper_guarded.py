"""Guard what surrounds a paper."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0029_records_around_a_paper")]

    operations = []

"""Hold the further rules of the paper in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0025_working_texts")]

    operations = []

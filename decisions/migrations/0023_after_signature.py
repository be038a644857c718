"""Keep corrections, discharges, releases and decisions signed elsewhere."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0022_boxes_and_interests_guarded")]

    operations = []

"""Guard the box, the batches and who stood aside."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0021_boxes_and_interests")]

    operations = []

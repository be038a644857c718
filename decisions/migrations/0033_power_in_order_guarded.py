"""Guard the powers of deciders."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0032_power_in_order")]

    operations = []

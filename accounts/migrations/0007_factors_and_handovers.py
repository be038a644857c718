"""Keep the restoring of second factors and the handing over of work."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_schemes_and_deputies_guarded")]

    operations = []

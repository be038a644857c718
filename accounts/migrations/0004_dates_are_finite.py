"""Refuse infinite dates and times, and those that no calendar here has."""

from django.db import migrations

from audit.guards import FiniteDates

COLUMNS = {
    "delegation": ["scheme_dated", "valid_from", "valid_to"],
    "historicaldelegation": ["scheme_dated", "valid_from", "valid_to", "history_date"],
    "historicalroleholding": ["valid_from", "valid_to", "history_date"],
    "historicaluser": ["created_at", "history_date"],
    "roleholding": ["valid_from", "valid_to"],
    "stepup": ["verified_at"],
    "stepupuse": ["used_at"],
    "user": ["created_at"],
}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_in_tables")]

    operations = [FiniteDates(f"accounts_{name}", columns) for name, columns in COLUMNS.items()]

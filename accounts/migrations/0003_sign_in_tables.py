"""Guard the tables that signing in writes; move those that are no part of the register aside."""

from django.db import migrations

from audit.guards import Guarded

GUARDED = (
    "account_emailaddress",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
)
TRANSIENT = ("account_emailconfirmation", "django_session", "usersessions_usersession")

CACHE = """
    CREATE TABLE transient.register_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamptz NOT NULL
    );
    CREATE INDEX register_cache_expires ON transient.register_cache (expires)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_guards"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        *(Guarded(table) for table in GUARDED),
        *(
            migrations.RunSQL(
                f"ALTER TABLE public.{table} SET SCHEMA transient",
                f"ALTER TABLE transient.{table} SET SCHEMA public",
            )
            for table in TRANSIENT
        ),
        migrations.RunSQL(CACHE, "DROP TABLE transient.register_cache"),
    ]

"""Sign-in through the organisation's own OpenID Connect provider, where one is set up."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def single_sign_on(
    *, server: str, name: str, client_id: str, secret_file: Path | None
) -> dict[str, Any]:
    """Return allauth's SOCIALACCOUNT_PROVIDERS; empty where OIDC_SERVER_URL is not set.

    The provider's word is taken for an e-mail address, unless it says itself that it has not
    checked it, so only a provider that checks them fits.
    """
    if not server:
        return {}
    if not client_id or secret_file is None:
        raise ImproperlyConfigured(
            "OIDC_SERVER_URL is set, so OIDC_CLIENT_ID and OIDC_CLIENT_SECRET_FILE are needed too. "
            "The provider gave them when the register was entered there."
        )
    app = {
        "provider_id": "organisation",
        "name": name,
        "client_id": client_id,
        "secret": secret_file.read_text().strip(),
        "settings": {"server_url": server, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}

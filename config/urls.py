"""Addresses of the register."""

from django.urls import URLPattern, URLResolver, include, path

from audit.views.published import checkpoints, keys, verifier
from config.gallery.views import components
from config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("decisions.urls")),
    path("grants/", include("grants.urls")),
    path("audit/", include("audit.urls")),
    path("check/checkpoints.jsonl", checkpoints, name="published_checkpoints"),
    path("check/keys.json", keys, name="published_keys"),
    path("check/verify_register.py", verifier, name="published_verifier"),
    path("components/", components, name="components"),
    path("healthz", healthz, name="healthz"),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

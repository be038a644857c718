"""Addresses of the register."""

from django.urls import URLPattern, URLResolver, path

from config.gallery.views import components

urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", components, name="components"),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

"""The gallery's page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from config.gallery import forms
from config.gallery.states import COMPONENTS

COLOURS = ("blue", "green", "grey", "orange", "purple", "red", "yellow")


def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; 404 outside a demonstration."""
    if settings.REGISTER_MODE != "demonstration":
        raise Http404
    context = {
        "components": COMPONENTS,
        "colours": COLOURS,
        "filled": forms.filled(),
        "refused": forms.refused(),
    }
    return render(request, "gallery/components.html", context)

"""An address at which the database refuses a row of Part 2, and nobody catches it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500
from config.urls import urlpatterns as of_the_register
from decisions.models import Paragraph
from decisions.workflow import FROZEN

__all__ = ["handler500", "urlpatterns"]


def fail(request: HttpRequest) -> HttpResponse:
    """Break a constraint with a row that holds words of Part 2."""
    rows = Paragraph.objects.filter(part=2).exclude(section__decision__status__in=FROZEN)
    rows.update(exemption=None)
    return HttpResponse()


urlpatterns = [*of_the_register, path("failing/", fail)]

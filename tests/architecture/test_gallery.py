"""The gallery shows every component, in a demonstration only."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from config.gallery.states import COMPONENTS, Component

FOLDER = settings.BASE_DIR / "templates" / "components"


def test_every_component_is_in_the_gallery() -> None:
    files = {path.stem for path in FOLDER.glob("*.html") if not path.stem.startswith("_")}
    assert {component.name for component in COMPONENTS} == files


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_no_state_of_a_component_shows_its_source(component: Component) -> None:
    drawn = "".join(html for _, html in component.drawn)
    assert "{%" not in drawn
    assert "{#" not in drawn


@pytest.mark.django_db
def test_the_gallery_is_for_demonstrations(client: Client, settings: Settings) -> None:
    settings.REGISTER_MODE = "demonstration"
    assert client.get("/components/").status_code == 200
    settings.REGISTER_MODE = "live"
    assert client.get("/components/").status_code == 404

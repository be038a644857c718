"""What a person does in a browser: go, read, fill in, press. Every page met is looked at."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accounts import second_factor, vault
from accounts.models import User
from decisions.models import Decision
from tests.browser.looking import Album, look
from tests.factories.sign_in import PASSWORD, give_app, give_password

MARGIN = 4  # seconds before a half minute ends in which no code is taken that ends with it


@dataclass
class Desk:
    """Somebody's browser, where its pictures go, and whether it runs scripts (axe needs them)."""

    page: Page
    album: Album
    has_scripts: bool = True

    def look(self) -> None:
        """Look at the page that is shown."""
        if self.has_scripts:
            look(self.page, self.album)


def go(desk: Desk, address: str) -> None:
    """Go to an address of the register."""
    desk.page.goto(address)
    desk.look()


def follow(desk: Desk, words: str) -> None:
    """Follow the first link, drawn as one or as a button, whose words these are."""
    _onward(desk, desk.page.locator("a").filter(has_text=words).first)


def press(desk: Desk, words: str) -> None:
    """Press a button that sends a form."""
    _onward(desk, desk.page.get_by_role("button", name=words, exact=True).first)


def _onward(desk: Desk, thing: Locator) -> None:
    with desk.page.expect_navigation():
        thing.click()
    desk.look()


def fill(desk: Desk, **fields: str) -> None:
    """Fill in fields by their names."""
    for name, value in fields.items():
        desk.page.locator(f"[name='{name}']").fill(value)


def pick(desk: Desk, **fields: str) -> None:
    """Choose in lists by their names, or the radio button or tick box that has the value."""
    for name, value in fields.items():
        choices = desk.page.locator(f"select[name='{name}']")
        if choices.count():
            choices.select_option(value)
        else:
            desk.page.locator(f"[name='{name}'][value='{value}']").check()


def open_all(desk: Desk) -> None:
    """Open everything on the page that can be unfolded."""
    folded = desk.page.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def reads(desk: Desk, words: str) -> None:
    """Expect words in what the page shows."""
    expect(desk.page.locator("body")).to_contain_text(words)


def does_not_read(desk: Desk, words: str) -> None:
    """Expect that words are nowhere in the page's source."""
    assert words not in desk.page.content()


def able_to_sign_in(user: User) -> User:
    """Give a person a password and an authenticator app."""
    return give_app(give_password(user))


def sign_in(desk: Desk, user: User) -> None:
    """Sign in with password and code, as people do."""
    go(desk, "/account/sign-in/")
    fill(desk, login=user.email, password=PASSWORD)
    press(desk, "Continue")
    fill(desk, code=code_of(user))
    press(desk, "Sign in")
    reads(desk, "What needs you")


def review(desk: Desk, decision: Decision, value: str = "approved") -> None:
    """Give every recommendation the outcome, and come to the page that asks for the code."""
    go(desk, f"/decisions/{decision.slug}/decide/")
    for row in decision.recommendations.all():
        pick(desk, **{f"r{row.pk}-outcome": value})
    pick(desk, interests_kind="none")
    fill(desk, interests="None to record.")
    press(desk, "Continue")
    reads(desk, "What you decide")


def code_of(user: User) -> str:
    """Return a code that a person's app shows and that was not used yet, waiting for one if needed.

    The register accepts the codes next to the present one, so the oldest that still counts is
    given: nobody has to wait half a minute between signing in and signing.
    """
    while True:
        app: Any = second_factor.app_of(user)
        now, last = second_factor.counter_now(), app.data.get("last_counter", 0)
        left = second_factor.PERIOD - time.time() % second_factor.PERIOD
        lasting = second_factor.NEIGHBOURS[0 if left > MARGIN else 1 :]
        fresh = [now + step for step in lasting if now + step > last]
        if fresh:
            return second_factor.code_at(vault.open_again(app.data["secret"]), fresh[0])
        time.sleep(min(left, 1) + 0.05)

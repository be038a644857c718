"""Looking at pages: axe, the width of a phone, and an eye on what a page may not do.

With PICTURES=1 in the environment every new page's picture is kept at both widths in
`screenshots/`; without it only those of pages that are amiss, since pictures take half the time.
"""

import os
import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}
ALL_PICTURES = os.environ.get("PICTURES") == "1"
QUALITY = 80  # of the pictures; a PNG takes twice the time
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# The elements of the page, what they are and are called; of like ones in a row, the first. Apart
# stand the header and the banners, which are the same on many pages.
PARTS = """() => {
  const skeleton = (element) => {
    const parts = [];
    for (const child of element.children) {
      const part = skeleton(child);
      if (part !== parts.at(-1)) parts.push(part);
    }
    const facts = [...element.attributes].filter(
      ({ name }) => !["value", "href", "content", "action", "datetime"].includes(name)
    );
    const words = facts.map(({ name, value }) => `${name}=${value.replace(/[0-9]+/g, "")}`);
    return `<${element.localName} ${words.join(" ")}>${parts.join("")}</>`;
  };
  const page = document.body.cloneNode(true);
  const apart = [...page.querySelectorAll("header, .govuk-notification-banner")];
  apart.forEach((element) => element.remove());
  return [page, ...apart].map(skeleton);
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Album:
    """A folder of pictures, numbered in the order in which they were taken; what is amiss.

    The other folder has an empty file for each shape met by any of the processes that test.
    """

    folder: Path
    shapes: Path
    taken: int = 0
    problems: list[str] = field(default_factory=list)

    def place(self, page: Page, width: str) -> Path:
        """Return where the picture of a page goes."""
        title = page.title().split(" – ")[0].lower()
        name = re.sub(r"[^a-z0-9]+", "-", title).strip("-")[:60]
        return self.folder / f"{self.taken:02d}-{name}-{width}.jpeg"

    def is_new(self, page: Page) -> bool:
        """Say whether some part of this page has a shape that has not been looked at."""
        news = [self._meet(part) for part in page.evaluate(PARTS)]
        return any(news)

    def _meet(self, part: str) -> bool:
        """Say whether a shape is met for the first time, and note that it was."""
        try:
            (self.shapes / sha256(part.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def look(page: Page, album: Album) -> None:
    """Take a page's picture at both widths; note where it fails axe or does not fit a phone."""
    if not album.is_new(page):
        return
    album.taken += 1
    results = Axe().run(page, options=RULES)
    page.set_viewport_size(PHONE)
    too_wide = page.evaluate(OVERFLOW)
    if ALL_PICTURES or too_wide > 0 or results.violations_count:
        page.screenshot(path=album.place(page, "phone"), full_page=True, quality=QUALITY)
    page.set_viewport_size(DESKTOP)
    if ALL_PICTURES or results.violations_count:
        page.screenshot(path=album.place(page, "desktop"), full_page=True, quality=QUALITY)
    if results.violations_count:
        album.problems.append(f"{page.url}\n{results.generate_report()}")
    if too_wide > 0:
        album.problems.append(f"{page.url} is {too_wide} pixels too wide for a phone")


def watch(context: BrowserContext, site: str, problems: list[str]) -> None:
    """Note every request to another origin, error on the console, and uncaught exception."""
    home = urlsplit(site).netloc

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != home:
            problems.append(f"request to {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _is_refusal(message):
            problems.append(f"console: {message.text}")

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"exception: {error.error}"))


def _is_refusal(message: ConsoleMessage) -> bool:
    """Say whether the browser only notes that a page was refused (403) or is not there (404)."""
    page = message.page
    is_page = page is not None and message.location["url"] == page.url
    return is_page and bool(re.search(r"status of 40[0349]", message.text))

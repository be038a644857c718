"""The only bytes that a rendering may fetch: our style sheet, our typeface, the page's own QR code.

WeasyPrint's own fetcher reaches the network and the file system; this one knows names alone, and
stops the rendering at any other address.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from decisions.documents.typeface import FACES, face_path

SCHEME = "asset:/"
STYLE_SHEET = f"{SCHEME}document.css"
CODE = f"{SCHEME}check.svg"


def style_sheet_path() -> Path:
    """Return the style sheet of documents."""
    return Path(settings.BASE_DIR, "static", "documents", "document.css")


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches packaged assets and what it was given by name; anything else is fatal."""

    def __init__(self, given: Mapping[str, tuple[bytes, str]] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self._given = dict(given or {})

    def fetch(self, url: str, headers: object = None) -> Any:
        """Return an asset; FatalURLFetchingError (a BaseException) for any other address."""
        body, kind = self._found(url)
        return URLFetcherResponse(url, body, {"Content-Type": kind})

    def _found(self, url: str) -> tuple[bytes, str]:
        if url in self._given:
            return self._given[url]
        if url == STYLE_SHEET:
            return style_sheet_path().read_bytes(), "text/css"
        face = url.removeprefix(SCHEME)
        if url.startswith(SCHEME) and face in FACES:
            return face_path(face).read_bytes(), "font/ttf"
        message = f"A document may not fetch {url[:80]!r}."
        raise FatalURLFetchingError(message)

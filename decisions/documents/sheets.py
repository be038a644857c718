"""HTML → the pages of any document that is to be sealed: PDF/A-3a and PDF/UA-1, with its record.

The bytes depend on what is given, the typeface, the style sheet and the versions of the libraries,
and on nothing else: the same record gives the same bytes, so a signed file starts with its own
re-rendering.
"""

import hashlib
import io
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol

import segno
from django.conf import settings
from django.template import Context, Engine
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from decisions.documents.assets import CODE, STYLE_SHEET, ClosedFetcher
from decisions.documents.content import Register
from decisions.documents.pdfua import Finisher
from decisions.documents.refusals import DocumentRefused
from decisions.documents.xmp import with_our_parts

OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_forms": True}
LAYING_OUT = threading.Lock()


class Issuable(Protocol):
    """What a document that is to be sealed says of itself."""

    @property
    def register(self) -> Register:
        """The register that issues it."""

    @property
    def identifier(self) -> str:
        """Its own identifier, in its XMP and in the signature's reason."""

    @property
    def reason(self) -> str:
        """Why it is signed, as the signature says it."""

    @property
    def number(self) -> int:
        """Its number among the documents of its kind about one thing."""

    @property
    def issued_at(self) -> datetime:
        """When it was issued: the date of the PDF itself."""

    @property
    def is_development_key(self) -> bool:
        """Whether its pages say that a development key signs it."""


@dataclass(frozen=True)
class LaidOut:
    """The unsigned pages of a document; never stored, never shown, only sealed."""

    content: Issuable
    pdf: bytes


@dataclass(frozen=True)
class Record:
    """The record that a document was made from, attached to it as JSON."""

    name: str
    data: bytes
    description: str


@dataclass(frozen=True)
class Sheet:
    """A document before it is laid out: its HTML, its record, the facts of its metadata (XMP).

    `styles` are sheets besides the style sheet of documents.
    """

    html: str
    record: Record
    facts: Mapping[str, str]
    styles: tuple[str, ...] = ()


def lay_out_sheet(content: Issuable, sheet: Sheet) -> LaidOut:
    """Return the pages of a document, one at a time. Raises DocumentRefused."""
    with LAYING_OUT:
        return LaidOut(content, pdf_of(content, sheet))


def pdf_of(content: Issuable, sheet: Sheet) -> bytes:
    """Return the pages, for a caller that holds `LAYING_OUT`. Raises DocumentRefused."""
    try:
        pages = _pages(content, sheet)
        made = pages.metadata.generate_rdf_metadata
        pages.metadata.generate_rdf_metadata = lambda *given: with_our_parts(
            made(*given), sheet.facts
        )
        written: bytes = pages.write_pdf(
            finisher=Finisher(f"Digital signature of {content.register.body}"),
            pdf_identifier=_file_identifier(content),
            attachments=[_attached(content, sheet.record)],
            **OPTIONS,
        )
    except FatalURLFetchingError as problem:
        raise DocumentRefused(
            f"The document asked for something outside it. {problem}"
        ) from problem
    return written


def _pages(content: Issuable, sheet: Sheet) -> Any:
    fetcher = ClosedFetcher({CODE: (_code(content.register.check_url), "image/svg+xml")})
    source = HTML(string=sheet.html, base_url="asset:/", url_fetcher=fetcher)
    fonts, style = typography()
    more = [CSS(string=one, url_fetcher=fetcher) for one in sheet.styles]
    return source.render(font_config=fonts, stylesheets=[style, *more], **OPTIONS)


def html_of(template: str, values: Mapping[str, Any]) -> str:
    """Return a template of documents filled in."""
    context = Context(dict(values), use_l10n=False, use_tz=False)
    return str(templates().get_template(template).render(context))


@cache
def templates() -> Engine:
    """Return an engine that knows our templates alone, whatever the site's settings are."""
    return Engine(dirs=[str(settings.BASE_DIR / "templates")], autoescape=True)


@cache
def typography() -> tuple[Any, Any]:
    """Return the typeface and the style sheet of documents."""
    fonts = FontConfiguration()
    return fonts, CSS(url=STYLE_SHEET, font_config=fonts, url_fetcher=ClosedFetcher())


def dated(content: Issuable) -> str:
    """Return when a document was issued, as its metadata says it."""
    return content.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _code(address: str) -> bytes:
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", border=0, dark="#0b1f3a", xmldecl=False, svgns=True, nl=False
    )
    return drawing.getvalue()


def _file_identifier(content: Issuable) -> bytes:
    return hashlib.sha256(content.identifier.encode()).hexdigest()[:32].encode()


def _attached(content: Issuable, record: Record) -> Any:
    at = content.issued_at.astimezone(UTC)
    return Attachment(
        string=record.data.decode(),
        name=record.name,
        description=record.description,
        created=at,
        modified=at,
        relationship="Source",
        url_fetcher=ClosedFetcher(),
    )

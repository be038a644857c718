"""Supporting papers: adding and replacing them, and handing them to a reader as they were added.

Anyone may have those of Part 1 of a published decision, under the titles that were signed.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from decisions.actions.supporting import (
    KeptFile,
    add_supporting_paper,
    describe_supporting_paper,
    replace_supporting_paper,
)
from decisions.documents.files import paper_store
from decisions.forms.supporting import DescribeForm, FileForm, PaperForm
from decisions.models import Content, Decision, FormerPaper, Part, SupportingPaper
from decisions.views import cards
from decisions.views.access import decision_for, of_decision, reader, record_reading
from decisions.views.answering import FormPage, answer
from decisions.views.drafting import edit_page, paper_for

KEY = 16  # digits of a SHA-256 that an address names
SAFELY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@login_required
def paper_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a supporting paper: its file goes to the document store, its digest to the paper."""
    decision, user = paper_for(request, slug), reader(request)
    form = PaperForm(request.POST or None, request.FILES or None, decision=decision)
    page = FormPage("Add a supporting paper", decision, back=edit_page(decision), done="Added.")

    def add(typed: dict[str, Any]) -> None:
        file = _kept(form, typed.pop("file"))
        add_supporting_paper(decision=decision, file=file, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def paper_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a supporting paper is called, and in which part it lies."""
    decision, user = paper_for(request, slug), reader(request)
    paper = of_decision(decision.supporting_papers, pk)
    _note(decision, paper, request)
    shown = {"title": paper.title, "part": paper.part, "exemption": paper.exemption}
    form = DescribeForm(request.POST or None, initial=shown, decision=decision)
    page = FormPage("Change a supporting paper", decision, back=edit_page(decision), done="Saved.")

    def change(typed: dict[str, Any]) -> None:
        words = {name: typed[name] for name in shown}
        describe_supporting_paper(paper=paper, by=user, **words)

    return answer(request, form, page, change)


@login_required
def paper_replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put another file in the place of a supporting paper's."""
    decision, user = paper_for(request, slug), reader(request)
    paper = of_decision(decision.supporting_papers, pk)
    _note(decision, paper, request)
    form = FileForm(request.POST or None, request.FILES or None)
    page = FormPage(
        "Replace a supporting paper",
        decision,
        label="Replace it",
        back=edit_page(decision),
        lead=f"“{paper.title}” keeps its title, its place and its part. The file that is there now "
        "can still be read by whoever could read it.",
        done="Replaced.",
    )

    def replace(typed: dict[str, Any]) -> None:
        replace_supporting_paper(paper=paper, file=_kept(form, typed["file"]), by=user)

    return answer(request, form, page, replace)


def _note(decision: Decision, paper: SupportingPaper, request: HttpRequest) -> None:
    """Record a reading before the title of a paper of Part 2 is shown."""
    if paper.part == Part.PART_2:
        record_reading(decision, reader(request))


def _kept(form: FileForm, file: "UploadedFile[bytes]") -> KeptFile:
    """Put a file that was looked at into the document store."""
    data = file.read()
    return KeptFile(paper_store().put(data), len(data), file.name or "", form.media_type)


@never_cache
@login_required
def supporting_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a supporting paper to be saved; one of Part 2 is a reading, and is recorded first."""
    decision = decision_for(request, slug)
    return _sent(request, decision, of_decision(decision.supporting_papers, pk))


@never_cache
@login_required
def former_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a supporting paper as it was before it was replaced or taken off, to who could have it.

    One of Part 2 is a reading, and is recorded first.
    """
    decision = decision_for(request, slug)
    return _sent(request, decision, of_decision(decision.former_papers, pk))


def _sent(
    request: HttpRequest, decision: Decision, paper: SupportingPaper | FormerPaper
) -> HttpResponse:
    if paper.part == Part.PART_2:
        record_reading(decision, reader(request))
    return _attached(paper.sha256, paper.file_name or f"paper-{paper.pk}")


def _attached(sha256: str, name: str) -> HttpResponse:
    """Send a file to be saved under a name; nothing in it runs."""
    saved_as = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        paper_store().get(sha256),
        content_type="application/octet-stream",
        headers=SAFELY | {"Content-Disposition": saved_as},
    )


@dataclass(frozen=True)
class OpenPaper:
    """A supporting paper that anyone may have: its title as signed, its file, and its size.

    What its file was called stays inside: nobody signed that. `suffix` is ".pdf", or "".
    """

    title: str
    sha256: str
    size: int
    suffix: str

    @property
    def kind(self) -> str:
        """The kind of file in a word: "PDF"."""
        return self.suffix[1:].upper() or "file"

    @property
    def key(self) -> str:
        """Its place in addresses, which tells nothing of what else there is."""
        return self.sha256[:KEY]


def open_papers(decision: Decision, part_1: Content) -> list[OpenPaper]:
    """Return the supporting papers of Part 1 of a decision's paper, as its version holds them."""
    rows = decision.supporting_papers.filter(part=Part.PART_1)
    held = {(row.title, row.sha256): row for row in rows}
    signed = [(each["title"], each["sha256"]) for each in part_1["supporting_papers"]]
    return [
        OpenPaper(title, sha256, held[title, sha256].size, _suffix(held[title, sha256]))
        for title, sha256 in signed
        if (title, sha256) in held
    ]


def _suffix(paper: SupportingPaper) -> str:
    return PurePath(paper.file_name).suffix.lower()


@never_cache
def register_paper(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Send anyone a supporting paper of Part 1 of a published decision, to be saved."""
    decision = get_object_or_404(Decision.objects.published().with_slug(slug))
    found = [one for one in open_papers(decision, cards.part_1(decision)) if one.key == key]
    if not found:
        raise Http404
    paper = found[0]
    name = f"{decision.slug}-{slugify(paper.title)[:80]}{paper.suffix}"
    return _attached(paper.sha256, name)

"""Supporting papers: adding one, and handing it to a reader as it was added."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from decisions.actions.surroundings import KeptFile, add_supporting_paper
from decisions.documents.kept import document_store
from decisions.forms.paper import PaperForm
from decisions.models import Part
from decisions.views.access import decision_for, of_decision, reader, record_reading
from decisions.views.answering import FormPage, answer
from decisions.views.drafting import edit_page, paper_for


@login_required
def paper_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a supporting paper: its file goes to the document store, its digest to the paper."""
    decision, user = paper_for(request, slug), reader(request)
    form = PaperForm(request.POST or None, request.FILES or None, decision=decision)
    page = FormPage("Add a supporting paper", decision, back=edit_page(decision), done="Added.")

    def add(typed: dict[str, Any]) -> None:
        file = typed.pop("file")
        data = file.read()
        digest = document_store().put(data)
        kept = KeptFile(digest, len(data), file.name, file.content_type or "")
        add_supporting_paper(decision=decision, file=kept, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def supporting_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a supporting paper to be saved; one of Part 2 is a reading, and is recorded first."""
    decision, user = decision_for(request, slug), reader(request)
    paper = of_decision(decision.supporting_papers, pk)
    if paper.part == Part.PART_2:
        record_reading(decision, user)
    answer = HttpResponse(
        document_store().get(paper.sha256), content_type="application/octet-stream"
    )
    answer["Content-Disposition"] = _attachment(paper.file_name or f"paper-{paper.position}")
    return answer


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"

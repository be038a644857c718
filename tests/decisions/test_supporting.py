"""The papers behind a decision: described, put in order, replaced, and read as they were."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.refusals import Refused
from decisions import actions
from decisions.actions import KeptFile
from decisions.documents.files import brought_file_failures, paper_store
from decisions.models import Decision, SupportingPaper
from tests.factories import afterwards, papers
from tests.factories.grants import a_finance_officer
from tests.factories.people import a_governance_officer, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def a_file(words: str) -> KeptFile:
    data = words.encode()
    return KeptFile(paper_store().put(data), len(data), f"{words}.txt", "text/plain")


def add(draft: Decision, title: str, part: int = 1) -> SupportingPaper:
    exemption = draft.exemptions.get() if part == 2 else None
    return actions.add_supporting_paper(
        decision=draft,
        title=title,
        file=a_file(title),
        part=part,
        exemption=exemption,
        by=an_officer(),
    )


def titles(draft: Decision) -> list[tuple[int, str]]:
    return list(draft.supporting_papers.values_list("position", "title"))


def test_papers_are_put_in_order() -> None:
    draft = papers.a_draft()
    for title in ("One", "Two", "Three"):
        paper = add(draft, title)
    place = f"/decisions/{draft.slug}/edit/papers/{paper.pk}/move/"
    client_of(an_officer()).post(place, {"up": "1"})
    assert titles(draft) == [(1, "One"), (2, "Three"), (3, "Two")]


def test_no_place_is_left_empty() -> None:
    draft = papers.a_draft()
    first, _ = add(draft, "One"), add(draft, "Two")
    actions.remove_supporting_paper(paper=first, by=an_officer())
    assert titles(draft) == [(1, "Two")]


def test_a_paper_is_described_anew() -> None:
    draft = papers.a_draft()
    paper = add(draft, "One")
    client, place = client_of(an_officer()), f"/decisions/{draft.slug}/edit/papers/{paper.pk}/"
    seen = client.get(place).context["form"].shown
    client.post(place, {"title": "First", "part": "1", "seen": seen})
    assert titles(draft) == [(1, "First")]


def replaced(draft: Decision, paper: SupportingPaper) -> SupportingPaper:
    file = a_file("The later case")
    return actions.replace_supporting_paper(paper=paper, file=file, by=an_officer())


def test_the_file_that_was_replaced_can_still_be_read() -> None:
    draft = papers.a_draft()
    paper = replaced(draft, add(draft, "Case"))
    client, base = client_of(an_officer()), f"/decisions/{draft.slug}/papers/"
    former = draft.former_papers.get()
    assert client.get(f"{base}{paper.pk}/").content == b"The later case"
    assert client.get(f"{base}former/{former.pk}/").content == b"Case"
    assert f"{base}former/{former.pk}/" in client.get(f"/decisions/{draft.slug}/").content.decode()


def test_a_paper_that_was_taken_off_can_still_be_read() -> None:
    draft = papers.a_draft()
    actions.remove_supporting_paper(paper=add(draft, "Case"), by=an_officer())
    place = f"/decisions/{draft.slug}/papers/former/{draft.former_papers.get().pk}/"
    assert client_of(an_officer()).get(place).content == b"Case"


def test_a_restricted_paper_stays_so_after_it_was_replaced_by_an_open_one() -> None:
    draft = papers.with_part_2(papers.a_draft())
    paper = replaced(draft, add(draft, "Quokka", part=2))
    actions.describe_supporting_paper(paper=paper, title="Case", by=an_officer())
    decision = papers.submitted(papers.again(draft))
    place = f"/decisions/{decision.slug}/papers/former/{draft.former_papers.get().pk}/"
    assert client_of(a_finance_officer()).get(place).status_code == 404
    assert client_of(an_adviser()).get(place).content == b"Quokka"


def test_a_restricted_title_stays_off_the_open_page() -> None:
    draft = papers.with_part_2(papers.a_draft())
    replaced(draft, add(draft, "Quokka", part=2))
    decision = papers.submitted(papers.again(draft))
    page = client_of(a_finance_officer()).get(f"/decisions/{decision.slug}/").content.decode()
    assert "Quokka" not in page


def test_the_same_file_replaces_nothing() -> None:
    draft = papers.a_draft()
    paper = add(draft, "Case")
    with pytest.raises(Refused, match="the very file"):
        actions.replace_supporting_paper(paper=paper, file=a_file("Case"), by=an_officer())


def test_a_file_that_is_not_what_its_name_says_is_refused_with_what_to_do() -> None:
    draft = papers.a_draft()
    file = SimpleUploadedFile("case.pdf", b"MZ a program", "application/pdf")
    answer = client_of(an_officer()).post(
        f"/decisions/{draft.slug}/edit/papers/new/",
        {"form_key": papers.a_key(), "title": "Case", "file": file, "part": "1"},
    )
    assert "open it, save it again and upload that" in answer.content.decode()
    assert not draft.supporting_papers.exists()


def test_a_paper_is_sent_so_that_nothing_in_it_runs() -> None:
    draft = papers.a_draft()
    paper = add(draft, "Case")
    answer = client_of(an_officer()).get(f"/decisions/{draft.slug}/papers/{paper.pk}/")
    headers = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    assert [answer[name] for name in headers] == [
        "application/octet-stream",
        "nosniff",
        "default-src 'none'; sandbox",
    ]


def test_the_digest_of_each_file_is_shown() -> None:
    draft = papers.a_draft()
    paper = add(draft, "Case")
    page = client_of(an_officer()).get(f"/decisions/{draft.slug}/edit/").content.decode()
    assert paper.sha256 in page


def test_a_file_that_is_lost_is_found_out_replaced_or_not() -> None:
    draft = papers.a_draft()
    later = replaced(draft, add(draft, "Case that was lost"))
    for paper in (later, draft.former_papers.get()):
        paper_store()._path(paper.sha256).unlink()
    lost = [(each.table, each.key) for each in brought_file_failures()]
    assert lost == [
        ("public.decisions_supportingpaper", str(later.pk)),
        ("public.decisions_formerpaper", str(draft.former_papers.get().pk)),
    ]


def public_page(decision: Decision) -> str:
    return Client().get(f"/register/{decision.slug}/").content.decode()


def test_anyone_opens_a_paper_of_a_published_decision() -> None:
    """Under its title: what the file was called stays inside, and the one it replaced too."""
    draft = papers.with_part_2(papers.a_draft())
    paper = replaced(draft, add(draft, "Business case"))
    add(draft, "Quokka", part=2)
    decision = papers.published(papers.again(draft))
    place = f"/register/{decision.slug}/papers/"
    page = public_page(decision)
    assert f'{place}{paper.sha256[:16]}/">Business case</a> (TXT, 14\xa0bytes)' in page
    answer = Client().get(f"{place}{paper.sha256[:16]}/")
    assert answer.content == b"The later case"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{decision.slug}-business-case.txt"'
    )
    for other in (a_file("Business case"), a_file("Quokka")):
        assert Client().get(f"{place}{other.sha256[:16]}/").status_code == 404
    assert page.count(place) == 1


def test_a_paper_that_left_part_2_is_opened_by_anyone() -> None:
    draft = papers.with_part_2(papers.a_draft())
    paper = add(draft, "Quokka", part=2)
    decision = papers.published(papers.again(draft))
    afterwards.confirm(afterwards.a_release(decision))
    page = public_page(decision)
    assert f'/papers/{paper.sha256[:16]}/">Quokka</a>' in page


def test_nobody_outside_opens_a_paper_of_a_decision_that_was_taken_down() -> None:
    draft = papers.a_draft()
    paper = add(draft, "Business case")
    decision = papers.published(papers.again(draft))
    actions.take_down(decision=decision, reason="A name.", by=a_governance_officer())
    place = f"/register/{decision.slug}/papers/{paper.sha256[:16]}/"
    assert Client().get(place).status_code == 404

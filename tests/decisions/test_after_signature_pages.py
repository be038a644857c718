"""Pages of what follows the signature, as people use them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from decisions import actions
from decisions.models import Condition, Decision
from tests.factories import afterwards, papers, sign_in
from tests.factories.as_shown import carried_by
from tests.factories.people import (
    a_decision_maker,
    a_governance_officer,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
DAY = {"day": "1", "month": "3", "year": "2019"}


def get(place: str, by: User | None = None) -> str:
    client = client_of(by) if by else Client()
    answer = client.get(place)
    assert answer.status_code == 200, place
    return " ".join(answer.content.decode().split())


def post(address: str, by: User, **typed: Any) -> str:
    """Post a form; return the page, or the address it went on to."""
    client = client_of(by)
    if typed.get("step") == "sign" and "shown" not in typed:
        typed |= carried_by(client.get(address))
    answer = client.post(address, {"form_key": str(papers.a_key()), **typed})
    if answer.status_code == 302:
        return answer["Location"]
    return " ".join(answer.content.decode().split())


def dated(name: str) -> dict[str, str]:
    return {f"{name}_{part}": value for part, value in DAY.items()}


def test_a_correction_goes_from_choosing_to_the_corrected_page() -> None:
    decision, by = papers.published(), an_officer()
    place = f"/decisions/{decision.slug}/correct/"
    assert "Paragraph 1.1" in get(place, by)
    assert "Support against county lines</textarea>" in get(f"{place}?place=title-0&go=1", by)
    typed = {"place": "title-0", "title-0": "Support against County Lines", "reason": "A slip."}
    onward = post(place, by, **typed)
    assert onward == "/decisions/pcd-726/revisions/1/"
    assert "proposed a correction of PCD 726" in get(f"/decisions/{decision.slug}/history/", by)
    page = get(onward, a_decision_maker())
    assert "Support against County Lines" in page
    assert "Confirm that it is you" in page
    typed = {"step": "sign", "code": sign_in.code()}
    assert post(onward, a_decision_maker(), **typed) == "/decisions/pcd-726/"
    public = get("/register/pcd-726/")
    assert "Support against County Lines" in public
    assert "Correction 1" in public
    assert "document 2" in public


def test_choosing_nothing_asks_again() -> None:
    decision = papers.published()
    page = get(f"/decisions/{decision.slug}/correct/?go=1", an_officer())
    assert "Choose what needs correcting" in page


def test_a_changed_sum_is_refused_on_the_page() -> None:
    decision = papers.published()
    key = afterwards.spot(decision, "Recommendation 1").key
    typed = {"place": key, key: "accept up to £1.3 million of grant.", "reason": "A slip."}
    page = post(f"/decisions/{decision.slug}/correct/", an_officer(), **typed)
    assert "A correction changes no sum, date, period or other number" in page
    assert "£1.3 million" in page
    history = get(f"/decisions/{decision.slug}/history/", an_officer())
    assert history.count("changes no sum, date, period") == 1


def test_the_public_loses_a_document_that_was_taken_down_and_corrected() -> None:
    decision, by = papers.published(), a_governance_officer()
    file = "/decisions/pcd-726/documents/1.pdf"
    assert Client().get(file).headers["Cache-Control"].count("no-store") == 1
    actions.take_down(decision=decision, reason="A name.", by=by)
    assert Client().get(file).status_code == 404
    assert Client().get("/register/pcd-726/").status_code == 404
    afterwards.corrected(papers.again(decision), withholds=True)
    actions.publish(decision=papers.again(decision), by=by)
    assert Client().get(file).status_code == 404
    assert Client().get(file.replace("1.pdf", "2.pdf")).status_code == 200
    assert "documents/1.pdf" not in get("/register/pcd-726/")
    assert client_of(by).get(file).status_code == 200


def test_a_release_brings_a_paragraph_into_public_view() -> None:
    decision, by = papers.published(papers.with_part_2(papers.a_draft())), a_governance_officer()
    assert papers.SECRET not in get("/register/pcd-726/")
    key = actions.releasable(decision)[0].key
    typed = {"items": key, "ground": "foi", "reason": "The tender is over."}
    onward = post(f"/decisions/{decision.slug}/release/", by, **typed)
    assert "Awaiting confirmation" in get(onward, by)
    afterwards.confirm(decision.revisions.get())
    assert papers.SECRET in get("/register/pcd-726/")


def test_a_condition_is_discharged_on_its_page() -> None:
    condition = afterwards.with_condition(owner=an_officer())
    assert "Report to the board." in get("/conditions/", an_officer())
    place = f"/decisions/pcd-726/conditions/{condition.pk}/"
    today = papers.again(Decision.objects.get()).date_signed
    assert today is not None
    typed: dict[str, Any] = {
        "note": "The minutes.",
        "met_on_day": today.day,
        "met_on_month": today.month,
        "met_on_year": today.year,
        "file": SimpleUploadedFile("minutes.png", afterwards.SCAN),
    }
    assert post(place, an_officer(), **typed) == place
    page = get(place, a_governance_officer())
    assert "Discharged" in page
    assert "minutes.png" in page
    evidence = client_of(a_governance_officer()).get(f"{place}evidence/")
    assert (evidence.content, evidence["Content-Type"]) == (afterwards.SCAN, "image/png")
    assert "Discharged" in get("/decisions/pcd-726/", a_governance_officer())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html>", "Choose a file that is a PDF, JPEG or PNG"),
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "larger than 10 MB"),
        (b"%PDF-1.7 <</S/JavaScript>>", "The file holds a script"),
    ],
)
def test_evidence_that_is_unfit_or_too_large_is_refused(data: bytes, why: str) -> None:
    condition = afterwards.with_condition(owner=an_officer())
    file = SimpleUploadedFile("minutes.pdf", data)
    place = f"/decisions/pcd-726/conditions/{condition.pk}/"
    page = post(place, an_officer(), note="The minutes.", file=file, **dated("met_on"))
    assert why in page


def test_a_condition_of_part_2_is_listed_without_its_words() -> None:
    decision = papers.endorsed(restricted_draft())
    first, second = actions.undecided(decision)
    secret = [actions.ConditionWords("Pay Aardvark in full.")]
    outcomes = [
        actions.OutcomeWords(first, "approved"),
        actions.OutcomeWords(second, "approved", conditions=secret),
    ]
    papers.decide(decision, outcomes=outcomes)
    page = get("/conditions/", an_officer("another"))
    assert "A condition in Part 2" in page
    assert "Aardvark" not in page
    place = f"/decisions/pcd-726/conditions/{Condition.objects.get().pk}/"
    assert client_of(an_officer("another")).get(place).status_code == 404
    assert "Aardvark" in get(place, a_governance_officer())


def restricted_draft() -> Decision:
    draft = papers.with_part_2(papers.a_draft())
    words = actions.RecommendationWords(
        text="award the licences to Aardvark.",
        kind="award",
        part=2,
        exemption=draft.exemptions.get(),
    )
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    return papers.again(draft)


def test_a_paper_decision_goes_from_its_scan_to_the_public_register() -> None:
    by = an_officer()
    onward = post("/decisions/signed-on-paper/", by, series=papers.a_series().pk, title="At six")
    assert onward == f"/decisions/{Decision.objects.get().slug}/edit/"
    decision = afterwards.a_paper_record()
    row = decision.recommendations.get()
    place = f"/decisions/{decision.slug}/transcribe/"
    assert "Scan of the signed paper" in get(place, by)
    prefix = f"r{row.pk}"
    typed: dict[str, Any] = {
        "file": SimpleUploadedFile("scan.png", afterwards.SCAN),
        "scan_part": "1",
        "reference": "PCD 700",
        "decided_by": "S. Linden, Deputy Mayor",
        "authority": "paragraph 4.8 of the scheme of 2016",
        **dated("signed_on"),
        f"{prefix}-outcome": "approved",
        f"{prefix}-sum_{row.figures.get().pk}": "1200000.00",
        f"{prefix}-conditions-TOTAL_FORMS": "0",
        f"{prefix}-conditions-INITIAL_FORMS": "0",
    }
    assert post(place, by, **typed) == "/decisions/pcd-700/transcription/"
    governance = a_governance_officer()
    page = get("/decisions/pcd-700/transcription/", governance)
    assert 'src="/decisions/pcd-700/scan/"' in page
    assert "S. Linden, Deputy Mayor" in page
    typed = {"step": "sign", "code": sign_in.code()}
    assert post("/decisions/pcd-700/transcription/", governance, **typed) == "/decisions/pcd-700/"
    actions.publish(decision=papers.again(decision), by=governance)
    public = get("/register/pcd-700/")
    assert "Signed on paper on 1 March 2019" in public
    assert "1 March 2019" in public
    scan = Client().get("/register/pcd-700/scan/")
    assert (scan.content, scan["Content-Type"]) == (afterwards.SCAN, "image/png")


def test_a_transcription_is_confirmed_only_as_the_page_showed_it() -> None:
    decision, governance = afterwards.transcribed(), a_governance_officer()
    place, by = "/decisions/pcd-700/transcription/", decision.originating_officer
    seen = carried_by(client_of(governance).get(place))
    actions.return_transcription(decision=decision, reason="Misread.", by=by)
    afterwards.transcribed(papers.again(decision), decided_by="Somebody else")
    page = post(place, governance, step="sign", code=sign_in.code(), **seen)
    assert "The paper changed since you opened this page" in page
    assert papers.again(decision).status == "transcribed"


def test_a_transcription_stands_on_the_home_of_who_waits_for_its_confirmation() -> None:
    decision = afterwards.transcribed()
    assert decision in Decision.objects.with_others(decision.originating_officer)


def test_a_correction_is_confirmed_only_as_the_page_showed_it() -> None:
    revision = afterwards.proposed(papers.published())
    place = f"/decisions/pcd-726/revisions/{revision.n}/"
    assert "<ins>" in get(place, a_decision_maker())
    typed = {"step": "sign", "code": sign_in.code(), "shown": "another digest"}
    assert "Read it again below" in post(place, a_decision_maker(), **typed)


def test_a_restricted_scan_is_for_nobody_outside() -> None:
    decision = afterwards.signed_on_paper()
    actions.publish(decision=decision, by=a_governance_officer())
    assert Client().get("/register/pcd-700/scan/").status_code == 404
    assert "/register/pcd-700/scan/" not in get("/register/pcd-700/")
    assert client_of(an_officer("another")).get("/decisions/pcd-700/scan/").status_code == 404


def test_the_governance_officer_sees_which_grounds_of_part_2_to_review() -> None:
    draft = papers.with_part_2(papers.a_draft())
    ground = draft.exemptions.get()
    actions.edit_exemption(
        exemption=ground,
        ground=ground.ground,
        reason="Trade.",
        review_on=afterwards.SIGNED_ON,
        by=draft.originating_officer,
    )
    papers.signed(papers.again(draft))
    assert "PCD 726" in get("/part-2-reviews/", a_governance_officer())
    afterwards.confirm(afterwards.a_release(papers.again(draft)))
    assert "PCD 726" not in get("/part-2-reviews/", a_governance_officer())

"""A version after the signature: as it was signed, save for what the revision names."""

import pytest

from accounts.actions import rename_user
from accounts.models import Role
from audit.canonical import canonical
from decisions import actions
from decisions.actions.contents import document_content
from decisions.models import (
    Content,
    Decision,
    Organisation,
    RevisionAnswer,
    latest_version,
    paper_content,
    read_content,
)
from tests.factories import afterwards, papers
from tests.factories.people import a_decision_maker, a_person, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _signed(lasting: None) -> None:
    """A published decision with a funder, shares and a Part 2."""
    draft = papers.with_shares(papers.with_part_2(papers.a_draft()))
    by = draft.originating_officer
    funder = actions.add_organisation(name="Home Office", by=by)
    actions.add_link(decision=draft, kind="continues", to_reference="PCD 1", by=by)
    actions.edit_paper(decision=draft, funder=funder, by=by)
    papers.published(papers.again(draft))


def decision() -> Decision:
    return papers.again(Decision.objects.get())


def content() -> Content:
    version = latest_version(decision())
    assert version is not None
    return read_content(version)


def rename_an_organisation() -> None:
    met = Organisation.objects.get(name="The Met")
    actions.change_organisation(
        organisation=met, name="Crooked Ltd", org_identifier="", by=an_officer("second_officer")
    )


def test_an_organisation_renamed_since_stays_in_a_correction_as_it_was_signed() -> None:
    signed = content()
    rename_an_organisation()
    afterwards.corrected(decision())
    title = content()["title"]
    assert content() == {**signed, "title": title}


def test_the_pages_name_the_funder_as_it_was_signed() -> None:
    """In public and inside; and what it continues once."""
    funder = Organisation.objects.get(name="Home Office")
    words = {"name": "Department of Homes", "org_identifier": ""}
    actions.change_organisation(organisation=funder, **words, by=an_officer("second_officer"))
    slug, client = decision().slug, client_of(an_officer())
    for place in ("/register/", f"/register/{slug}/", f"/decisions/{slug}/", "/decisions/"):
        page = client.get(place).content.decode()
        assert "Home Office</dd>" in page or "· Home Office" in page
    public = client.get(f"/register/{slug}/").content.decode()
    assert public.count("<dt>Continues</dt>") == 1


def test_an_organisation_renamed_since_stays_in_a_release_as_it_was_signed() -> None:
    rename_an_organisation()
    afterwards.confirm(afterwards.a_release(decision()))
    assert "Crooked" not in canonical(content())


def test_a_person_renamed_since_is_called_in_a_new_document_as_they_signed() -> None:
    maker = a_decision_maker()
    signed_as = maker.name
    rename_user(user=maker, name="Somebody Else", by=a_person("admin", Role.ADMINISTRATOR))
    afterwards.confirm(afterwards.a_release(decision()))
    acts = document_content(RevisionAnswer.objects.get()).acts
    assert [act.name for act in acts if act.stage == "decision"] == [signed_as]


def test_where_nothing_was_renamed_a_version_says_what_its_rows_say() -> None:
    afterwards.confirm(afterwards.a_release(decision()))
    assert content() == paper_content(decision())

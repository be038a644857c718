"""The kind of a recommendation."""

import pytest

from tests.decisions.importers.pages import asked_for, codes, one


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Accept the grant for 2020/21", "accept"),
        ("Approve the MPS to accept up to £1m grant bid funding", "accept"),
        ("Approve the receipt of £1m grant income", "accept"),
        ("Approve acceptance of the grant should the bid succeed", "accept"),
        ("Approve the submission of a bid for £2 million", "bid"),
        ("Approve MPS bidding for up to £2m", "bid"),
        ("Apply for the fund", "bid"),
        ("Approve £570,000 expenditure for licences", "approve_spend"),
        ("Approve up to £2m for the youth fund", "approve_spend"),
        ("Approve the allocation of £150,000 grant to the River Trust", "award"),
        ("Award a contract to Gamma Ltd at £1m", "award"),
        ("Approve grants to the 32 boroughs", "award"),
        ("Approve a national centre", "approve"),
        ("Approve the start of procurement for £10m of boats", "approve"),
        ("Endorse the joint oversight", "approve"),
        ("Note the report", "note"),
        ("To note the position", "note"),
        ("Delegate the signing of the agreement", "delegate"),
        ("Authorise the Chief Executive to sign the agreement", "delegate"),
        ("Approve in principle the extension", "approve_in_principle"),
        ("Approve the carry forward of £1m", "carry_forward"),
        ("Approve the reallocation of £1m to equipment", "vary"),
        ("Extend the contract by a year", "vary"),
        ("Determine that the pension is forfeit", "determine"),
        ("Approves the purchase of boats", "approve_spend"),
        ("Frobnicate the boats", "other"),
    ],
)
def test_kind_by_verb(words: str, kind: str) -> None:
    assert one(words).kind == kind


def test_an_unknown_verb_is_a_warning() -> None:
    assert "kind-unsure" in codes(asked_for("1. Frobnicate the boats"))


def test_two_acts_in_one_recommendation_are_a_warning() -> None:
    read = asked_for("1. Accept £1m from the fund and delegate signing to the CFO")
    assert read.recommendations[0].kind == "accept"
    assert "kind-mixed" in codes(read)


def test_the_lead_in_can_hold_the_verb() -> None:
    read = asked_for(
        "(a) £50,000 to Alpha",
        "(b) £20,000 to Beta",
        lead="The DMPC is asked to approve the award of:",
    )
    assert [each.kind for each in read.recommendations] == ["award", "award"]

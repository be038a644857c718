"""What a correction may change: slips of the pen, and nothing on which a decision turns."""

import pytest

from decisions.rules.slips import PLAIN, Manner, is_slip, same_cells, senses
from decisions.wording.quantities import quantities

SUM = "approve £100 for Alpha and £900 for Beta."
RECOMMENDATION = Manner(is_recommendation=True)
WITHHELD = Manner(withholds=True)


def is_correction(old: str, new: str, manner: Manner = PLAIN) -> bool:
    """Answer whether all the rules let one wording be replaced by the other."""
    kept = quantities(old) == quantities(new) and senses(old) == senses(new)
    return kept and same_cells(old, new) and is_slip(old, new, manner)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The backgruond to it.", "The background to it."),
        ("It was read however late.", "It was read, however, late."),
        ("It was paid by the the board.", "It was paid by the board."),
        ("We met in london.", "We met in London."),
        ("As teh board said, we wait.", "As the board said, we wait."),
        ("The countylines unit.", "The county lines unit."),
        ("It is the boards view.", "It is the board’s view."),
        ("Held in Wandsowrth.", "Held in Wandsworth."),
        ("Paid, the the board said.", "Paid, the board said."),
        ("The goverment definately accomodates it", "The government definitely accommodates it."),
        ("Who\tSum\nThe coucnil\t£5", "Who\tSum\nThe council\t£5"),
        ("1. a crane\n- (a) teh hook", "1. a crane\n- (a) the hook"),
    ],
)
def test_a_slip_of_the_pen_is_corrected(old: str, new: str) -> None:
    assert is_correction(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SUM, "approve £100 for Beta and £900 for Alpha."),
        (SUM, SUM.replace("£100", "£100\u0660")),
        ("paid to WHO", "paid to who"),
        ("IT equipment is bought", "It equipment is bought"),
        ("we're paid", "were paid"),
        ("the contractor pays", "the contactor pays"),
        (SUM, SUM.replace("£100", "£100\uff10")),
        (SUM, SUM.replace("£100", "£1\u24ea\u24ea\u24ea")),
        (SUM, SUM.replace("£100", "£1O0")),
        (SUM, SUM.replace("£100", "£10²")),
        (SUM, SUM.replace("£100", "£100½")),
        (SUM, SUM.replace("£100", "(£100)")),
        (SUM, SUM.replace("£100", "- £100")),
        (SUM, SUM.replace("£100", "£100 trillion")),
        (SUM, SUM.replace("£100", "£100 thou")),
        (SUM, SUM.replace("£100", "£100 plus VAT")),
        (SUM, SUM.replace("Beta", "Gamma Ltd")),
        (SUM, SUM.replace("Beta", "Zeta")),
        (SUM, SUM.replace("approve", "reject")),
        (SUM, SUM.replace(" and £900 for Beta", "")),
        ("It costs £100,000.", "It costs £1000,00."),
        ("It costs 100 000.", "It costs 100000."),
        ("at most £100", "at least £100"),
        ("Phase I is done.", "Phase III is done."),
        ("The sixth tranche.", "The tenth tranche."),
        ("We wait for Alphabet.", "We wait for Alph\u0430bet."),
        ("We wait for Alpha.", "We wait for \u202eAlpha."),
        ("Paid by the employer.", "Paid by the employee."),
        ("It is able to.", "It is unable to."),
        ("Option A it is.", "Option B it is."),
        ("We dont pay.", "We do pay."),
        ("We pay Alpha, not Beta.", "We pay Alpha not, Beta."),
        ("We pay Alpha. Beta waits.", "We pay Alpha Beta waits."),
        ("We pay Alpha, Beta, Gamma.", "We pay Alpha Beta, Gamma."),
        ("We pay Alpha (Beta) here.", "We pay (Alpha Beta) here."),
        ("The sponsor: it funds.", "The sponsor? it funds."),
        ("It is in eligible.", "It is ineligible."),
        ("A non refundable sum.", "A nonrefundable sum."),
        ("Costs tax free here.", "Costs taxfree here."),
        ("The countylines unit.", "The county. lines unit."),
        ("We re-cover it.", "We recover it."),
        ("They re-sign it.", "They resign it."),
        ("Paid to Johnson Ltd.", "Paid to Johnston Ltd."),
        ("Paid to Philips Ltd.", "Paid to Phillips Ltd."),
        ("It is a gift.", "It is a gilt."),
        ("It is partly funded.", "It is party funded."),
        ("The county pays.", "The country pays."),
        ("It is a trial here.", "It is a trail here."),
        ("It is expansive.", "It is expensive."),
        ("It is contracting.", "It is contrasting."),
        ("The contractor did.", "The contracted did."),
        ("- Alpha\n  - paid late\n- Beta", "- Alpha\n- paid late\n- Beta"),
        ("1. crane\n2. shed", "1. crane\n3. shed"),
        ("(a) a crane\n(b) shed", "(a) crane\n(b) shed"),
        ("(a) crane\n(b) shed", "(a) crane\nb) shed"),
        ("i. crane\nii. shed", "ii. crane\nii. shed"),
        ("i. crane\nii. shed", "crane\nii. shed"),
        ("Repayable by Alpha.", "Repayabel by Alpha."),
        ("Year\t2019\t2020\nAlpha\t£3\t", "Year\t2019\t2020\nAlpha\t\t£3"),
        ("Who\tSum\nAlpha\t£3\nBeta\t£5", "Who\tSum\nBeta\t£3\nAlpha\t£5"),
        ("Who\tSum\nAlpha\t£3", "Who\tSum\nAlpha\t£3\t\tx"),
    ],
)
def test_what_a_decision_turns_on_is_not(old: str, new: str) -> None:
    assert not is_correction(old, new)


def test_a_recommendation_keeps_its_names_letter_for_letter() -> None:
    old, new = "award it to Lewihsam Council.", "award it to Lewisham Council."
    assert is_correction(old, new)
    assert not is_correction(old, new, RECOMMENDATION)


@pytest.mark.parametrize(
    ("old", "new", "is_allowed"),
    [
        ("award it to the Trust.", "award it to the trust.", False),
        ("award it. the rest waits.", "award it. The rest waits.", True),
    ],
)
def test_a_recommendation_keeps_its_capitals_but_where_a_sentence_begins(
    old: str, new: str, *, is_allowed: bool
) -> None:
    assert is_correction(old, new, RECOMMENDATION) is is_allowed


@pytest.mark.parametrize(
    ("new", "manner", "is_allowed"),
    [
        ("Told by [removed] in confidence.", WITHHELD, True),
        ("Told by [removed] in confidence.", Manner(), False),
        ("Told by [removed] in confidence.", Manner(True, withholds=True), False),
        ("Told by Ann Other in confidence.", WITHHELD, False),
        ("Told by [removed].", WITHHELD, False),
        ("[removed] Jo Bloggs in confidence.", WITHHELD, False),
    ],
)
def test_words_not_to_be_published_again_are_marked_as_removed(
    new: str, manner: Manner, is_allowed: bool
) -> None:
    assert is_correction("Told by Jo Bloggs in confidence.", new, manner) is is_allowed


def test_no_clause_is_removed_as_if_it_were_a_name() -> None:
    old = "The grant is conditional on repayment by Alpha Trust of everything."
    assert not is_slip(old, "The grant is [removed].", WITHHELD)
    assert not is_slip("We pay what they ask.", "We pay [removed].", WITHHELD)


def test_a_second_name_is_removed_beside_the_first() -> None:
    assert is_slip("[removed], Ann Other.", "[removed], [removed].", WITHHELD)

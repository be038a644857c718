"""What holds for any text at all."""

import contextlib
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.imported_paper import ImportedPaper
from decisions.importers.doubts import Code
from decisions.importers.json_lines import paper_as_json
from decisions.importers.reader import read_bytes, read_text
from decisions.importers.source import UnreadableSourceError
from decisions.wording.money import sums_in
from tests.decisions.importers.pages import page

LINES = [line for name in ("bulleted", "numbered", "site_page") for line in page(name).split("\n")]
MARKERS = st.sampled_from(["", "1. ", "2a ", "(i) ", "• ", "- ", "1.1. ", "12. ", "(b) ", "A. "])
WORDS = st.sampled_from(
    [
        *("approve", "accept", "up to", "£1.2m", "£570,000", "from the", "recommendation 2", "and"),
        *(".", "\n", "2021/22", "1 April 2020", "to", "funded", "£", "per year", "of which"),
    ]
)
SHUFFLED = st.lists(
    st.one_of(st.sampled_from(LINES), st.text(max_size=40), st.lists(WORDS).map(" ".join)),
    max_size=25,
).map("\n".join)
MARKED = st.lists(st.tuples(MARKERS, st.lists(WORDS, max_size=8).map(" ".join)), max_size=12).map(
    lambda rows: "Recommendation\nThe DMPC is asked to:\n" + "\n".join(a + b for a, b in rows)
)
PAGES = st.one_of(st.text(), SHUFFLED, MARKED)


def holds(read: ImportedPaper) -> None:
    """Assert what every imported paper keeps to."""
    numbers = [each.number for each in read.recommendations]
    assert len(set(numbers)) == len(numbers)
    for each in read.recommendations:
        assert all(figure.text in each.text and figure.amount > 0 for figure in each.figures)
        assert each.parent is None or each.parent in numbers
        assert each.funded_from is None or each.funded_from in set(numbers) - {each.number}
        assert not each.period_start or not each.period_end or each.period_start <= each.period_end
        assert 0 < len(each.number) <= 12
        assert each.text.strip()
    assert {warning.code for warning in read.warnings} <= {code.value for code in Code}
    assert all(one.text.strip() for section in read.sections for one in section.paragraphs)


@settings(deadline=None)
@given(PAGES)
def test_reading_never_fails_and_makes_nothing_up(text: str) -> None:
    holds(read_text(text))


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableSourceError):
        holds(read_bytes(data))


@settings(deadline=None)
@given(PAGES)
def test_the_answer_is_always_json_without_floats(text: str) -> None:
    values = list(_leaves(paper_as_json(read_text(text), "file")))
    assert all(isinstance(value, str | bool | None) for value in values)


def _leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]


@given(st.decimals(min_value="0.01", max_value="999999999999.99", places=2))
def test_a_printed_amount_reads_back_as_itself(amount: object) -> None:
    (found,) = sums_in(f"£{amount:,}")
    assert found.amount == amount


def test_ten_thousand_lines_of_no_known_part_are_read_within_seconds() -> None:
    began = time.process_time()
    read_text("PCD 801\nTitle: A pilot\n" + "\n".join(f"{n}. x" for n in range(10_000)))
    assert time.process_time() - began < 5

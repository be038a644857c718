"""Canonical JSON: one value, one text."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.canonical import canonical

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_money_keeps_its_pence() -> None:
    assert canonical({"sum": Decimal("570000.00")}) == '{"sum":"570000.00"}'


def test_dates_are_iso() -> None:
    assert canonical(date(2019, 10, 28)) == '"2019-10-28"'


def test_moments_are_utc() -> None:
    summer = timezone(timedelta(hours=1))
    assert canonical(datetime(2019, 6, 1, 17, 4, tzinfo=summer)) == canonical(
        datetime(2019, 6, 1, 16, 4, tzinfo=UTC)
    )


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("Infinity"), object(), {1, 2}])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"sum": value})


@given(values)
def test_canonical_text_reads_back(value: object) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2))
def test_order_of_members_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)

"""The tags that pages are drawn with."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from audit import clock


def drawn(source: str, **context: object) -> str:
    template = Template("{% load register %}" + source)
    return " ".join(template.render(Context(context)).split())


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|money }}", Decimal("570000.00"), "£570,000"),
        ("{{ value|money }}", "1200000.00", "£1,200,000"),
        ("{{ value|money }}", None, ""),
        ("{{ value|day }}", "2019-10-28", "28 October 2019"),
        ("{{ value|day }}", None, ""),
        ("{{ value|short_digest }}", "0123456789abcdef", "0123456789ab…"),
        (
            "{{ value|paragraphs }}",
            "<b>\r\n\r\ntwo",
            '<p class="govuk-body">&lt;b&gt;</p> <p class="govuk-body">two</p>',
        ),
        (
            "{{ value|paragraphs }}",
            "The aims are:\n1. <one>",
            '<p class="govuk-body">The aims are:<br>1. &lt;one&gt;</p>',
        ),
        ("{{ value|as_json }}", {"a": Decimal(1)}, "{&quot;a&quot;: &quot;1&quot;}"),
        (
            "{% count value 'papers' %}",
            1,
            '<span class="register-count">1'
            '<span class="govuk-visually-hidden"> paper</span></span>',
        ),
        ("{% period value value %}", "2019-10-28", "28 October 2019 to 28 October 2019"),
    ],
)
def test_a_value_is_drawn_as_a_person_reads_it(source: str, value: object, text: str) -> None:
    assert drawn(source, value=value) == text


def test_a_status_is_in_words_and_escaped() -> None:
    assert drawn("{% status_tag name 'green' %}", name="<Signed>") == (
        '<strong class="govuk-tag govuk-tag--green">&lt;Signed&gt;</strong>'
    )


@pytest.mark.parametrize(("days", "is_long"), [(10, False), (11, True)])
def test_a_long_wait_stands_out(days: int, is_long: bool) -> None:
    since = clock.today() - timedelta(days=days)
    text = drawn("{% waiting 'Chief executive' since %}", since=since)
    assert f"({days} days)" in text
    assert ("register-waiting--long" in text) is is_long


def test_breadcrumbs_end_at_the_page_itself() -> None:
    text = drawn("{% breadcrumbs 'Home' '/' 'PCD 726' %}")
    assert text.count("<a ") == 1
    assert 'aria-current="page"> PCD 726' in text


class Two(forms.Form):
    title = forms.CharField(error_messages={"required": "Enter a title"})
    outcome = forms.ChoiceField(
        choices=[("a", "A")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an outcome"},
    )


def test_the_error_summary_leads_to_each_field() -> None:
    text = drawn("{% error_summary form %}", form=Two({}))
    assert '<a href="#id_title">Enter a title</a>' in text
    assert '<a href="#id_outcome_0">Choose an outcome</a>' in text


def test_no_error_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=Two()) == ""


def test_the_error_summary_takes_lists_and_formsets() -> None:
    formset = forms.formset_factory(Two)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-title": ""}
    )
    text = drawn("{% error_summary forms %}", forms=[Two({}), formset])
    assert text.count("Enter a title") == 2

"""The register held against SAP: matched by rules, explained, stated for a month, agreed by two."""

from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import NotPermitted
from grants import actions
from grants.actions.reconciling import load_export, match_by_rules, withdraw_export
from grants.models import Allocation, MatchRule, Reconciliation, SapItem, SapMatch, SpendingLine
from grants.reconciling import is_current, open_by, standing
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS
from tests.factories import grants, imports, months, reconciling
from tests.factories.lasting import undone
from tests.factories.reconciling import a_posting
from tests.factories.sign_in import client_of
from tests.grants import insider

pytestmark = pytest.mark.django_db


def of_sap(allocation: Allocation, *rows: tuple[str, str, str]) -> list[SpendingLine]:
    """Import lines with their SAP document, item and sum."""
    text = "".join(
        imports.a_row(allocation, net, document=document, item=item) for document, item, net in rows
    )
    done = imports.approve(imports.staged(imports.HEADINGS + text))
    return list(done.lines.order_by("pk"))


def rules() -> list[str]:
    return list(SapMatch.objects.live().order_by("pk").values_list("rule", flat=True))


def this() -> Decimal:
    """Return what nobody explained of this month."""
    return standing(months.this_month()).difference


# --- the rules, in their order ---


def test_a_line_of_a_sap_item_is_that_item(allocation: Allocation) -> None:
    line = of_sap(allocation, ("19", "1", "3.00"))[0]
    reconciling.load(a_posting("19", "3.00"), a_posting("20", "4.00"))
    match = SapMatch.objects.get()
    assert match.why == f"{line.reference} has SAP 19 item 1, and both are £3."


def test_one_line_is_all_items_of_its_document(allocation: Allocation) -> None:
    of_sap(allocation, ("19", "", "7.00"))
    reconciling.load(a_posting("19", "3.00"), a_posting("19", "4.00", item="2"))
    assert (rules(), this()) == (["document"], Decimal(0))


def test_a_line_is_the_posting_of_its_invoice_where_there_is_one(allocation: Allocation) -> None:
    grants.a_line("3.00", allocation=allocation, invoice_number="INV-1")
    for payee in ("Harbour Training Ltd", "Quay Training Ltd"):
        grants.a_line("4.00", allocation=allocation, invoice_number="INV-2", payee=payee)
    reconciling.load(
        a_posting("19", "3.00", invoice="inv-1"), a_posting("20", "4.00", invoice="INV-2")
    )
    assert rules() == [MatchRule.INVOICE]


def test_a_line_is_the_posting_of_its_payee_and_sum_on_a_day_near(allocation: Allocation) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    payee = line.payee.upper().replace(" LTD", " LIMITED")
    posted = f"{line.received_on:%d.%m.%Y}"
    reconciling.load(a_posting("19", "3.00", payee=payee, posted=posted))
    assert rules() == [MatchRule.NEAR]


def test_what_was_taken_back_and_never_reached_sap_cancels(allocation: Allocation) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    reconciling.load(a_posting("19", "9.00"))
    by = grants.a_finance_officer()
    actions.reverse_line(line=line, reason="Typed twice.", form_key=uuid4(), by=by)
    match_by_rules(form_key=uuid4(), by=by)
    assert rules() == [MatchRule.TAKEN_BACK]


def test_a_posting_and_the_one_that_takes_it_back_cancel(db: None) -> None:
    reconciling.load(a_posting("19", "3.00", invoice="A"), a_posting("20", "3.00-", invoice="A"))
    assert (rules(), this()) == (["cancelled"], Decimal(0))


# --- an export ---


def test_the_same_export_twice_changes_nothing(db: None) -> None:
    reconciling.load(a_posting("19", "3.00"))
    with pytest.raises(GrantRefused, match="was loaded before"):
        reconciling.load(a_posting("19", "3.00"))


def test_a_later_export_brings_only_what_is_new(db: None) -> None:
    reconciling.load(a_posting("19", "3.00"))
    again = reconciling.load(a_posting("19", "3.00"), a_posting("20", "4.00"))
    assert (again.rows_count, again.listed[-1]["note"]) == (1, "Loaded before")


def test_grt_70_every_row_is_read_or_listed_and_every_fault_named_by_its_cell(db: None) -> None:
    rows = [
        a_posting("19", "1,234.56-"),
        a_posting("", "Total", payee="Total"),
        a_posting("", "5.00"),
        a_posting("20", "#REF!"),
        a_posting("21", "0.00"),
        a_posting("19", "1.00"),
    ]
    _, found = reconciling.read("Export of SAP\n" + reconciling.HEADINGS + "".join(rows))
    assert [one.amount for one in found.found] == [Decimal("-1234.56")]
    assert [one["place"] for one in found.listed] == ["1", "2", "4", "7"]
    assert [(f"{one['column']}{one['row']}", one["rule"]) for one in found.faults] == [
        ("A5", "GRT-70"),
        ("G6", "GRT-33"),
        ("A8", "GRT-36"),
    ]


def test_a_withdrawn_export_takes_its_matches_with_it(allocation: Allocation) -> None:
    of_sap(allocation, ("19", "1", "3.00"))
    export = reconciling.load(a_posting("19", "3.00"))
    by = grants.a_finance_officer()
    withdraw_export(export=export, reason="Another month's.", form_key=uuid4(), by=by)
    assert rules() == []
    assert reconciling.load(a_posting("19", "3.00")).rows_count == 1


# --- by hand ---


def test_grt_71_what_is_matched_by_hand_comes_to_the_same(allocation: Allocation) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    reconciling.load(a_posting("19", "4.00"))
    with pytest.raises(GrantRuleBroken, match=r"come to £3, the postings to £4.*GRT-71"):
        reconciling.by_hand([line.pk], [SapItem.objects.get().pk])


def test_grt_72_nothing_is_matched_twice(allocation: Allocation) -> None:
    line = of_sap(allocation, ("19", "1", "3.00"))[0]
    reconciling.load(a_posting("19", "3.00"), a_posting("20", "3.00"))
    with pytest.raises(GrantRuleBroken, match="GRT-72"):
        reconciling.by_hand([line.pk], [SapItem.objects.get(sap_document="20").pk])


def test_a_match_that_was_undone_frees_both_sides(allocation: Allocation) -> None:
    line = of_sap(allocation, ("19", "1", "3.00"))[0]
    reconciling.load(a_posting("19", "3.00"), a_posting("20", "3.00"))
    reconciling.undo(SapMatch.objects.get())
    reconciling.by_hand([line.pk], [SapItem.objects.get(sap_document="20").pk])
    assert this() == Decimal("-3.00")


# --- the statement ---


def test_a_statement_says_what_makes_the_difference(allocation: Allocation) -> None:
    line = grants.a_line("5.00", allocation=allocation)
    of_sap(allocation, ("19", "1", "3.00"))
    reconciling.load(a_posting("19", "3.00"), a_posting("20", "9.00"))
    reconciling.explain(lines=(line.pk,))
    with months.next_months_second_day():
        made = reconciling.prepare()
    assert (made.register, made.sap) == (Decimal("8.00"), Decimal("12.00"))
    assert (made.explained, made.difference, made.unexplained) == (Decimal(5), Decimal(-9), 1)


def test_an_item_that_is_entered_later_explains_itself(allocation: Allocation) -> None:
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day():
        of_sap(allocation, ("19", "1", "3.00"))
        match_by_rules(form_key=uuid4(), by=grants.a_finance_officer())
        assert [one.kind for one in open_by(months.a_month_ago())] == ["later"]
        assert reconciling.agree(reconciling.prepare()).agreement


def test_grt_73_a_statement_is_agreed_when_all_is_explained(db: None) -> None:
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day(), pytest.raises(GrantRuleBroken, match=r"1 are.*GRT-73"):
        reconciling.agree(reconciling.prepare())


def test_grt_74_nobody_agrees_what_they_prepared(db: None) -> None:
    reconciling.load(a_posting("19", "3.00", invoice="A"), a_posting("20", "-3.00", invoice="A"))
    with months.next_months_second_day():
        made = reconciling.prepare()
        with pytest.raises(NotPermitted):
            reconciling.agree(made, by=grants.a_finance_officer())


def test_grt_75_a_statement_that_is_out_of_date_is_not_agreed(allocation: Allocation) -> None:
    of_sap(allocation, ("19", "1", "3.00"))
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day():
        made = reconciling.prepare()
    grants.a_line("1.00", allocation=allocation)
    with pytest.raises(GrantRuleBroken, match="GRT-75"):
        reconciling.agree(made)


def test_a_closing_names_that_nobody_reconciled_the_month(allocation: Allocation) -> None:
    of_sap(allocation, ("19", "1", "3.00"))
    with months.next_months_second_day():
        reconciling.load(a_posting("19", "3.00"), month=months.a_month_ago())
        before = months.close(months.a_month_ago())
        months.answered(months.propose_reopening(before))
        made = reconciling.agree(reconciling.prepare(months.a_month_ago()))
        after = months.close(months.a_month_ago())
    kinds = [set(one.exceptions.values_list("kind", flat=True)) for one in (before, after)]
    assert ("sap" in kinds[0], "sap" in kinds[1], is_current(made)) == (True, False, True)


# --- whoever writes ---


def test_parts_that_do_not_come_to_the_same_are_refused_past_the_acts(
    allocation: Allocation,
) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    reconciling.load(a_posting("19", "4.00"))
    assert insider.attempt(lambda: matched(line.pk, "3.00", "4.00")) == "sapmatch_adds_up"
    assert insider.attempt(lambda: matched(line.pk, "4.00", "4.00")) == (
        "sapmatchpart_has_its_own_sum"
    )


def test_a_line_is_in_one_match_past_the_acts_and_in_two_with_the_guard_off(
    allocation: Allocation,
) -> None:
    line = of_sap(allocation, ("19", "1", "3.00"))[0]
    reconciling.load(a_posting("19", "3.00"), a_posting("20", "3.00"))
    assert insider.attempt(lambda: matched(line.pk, "3.00", "3.00")) == "sapmatchpart_once"
    commit_checks()
    with undone():
        write_sql("ALTER TABLE grants_sapmatchpart DISABLE TRIGGER match_parts_hold")
        assert insider.attempt(lambda: matched(line.pk, "3.00", "3.00")) == ""
        assert "match-broken" in {one.kind for one in money_failures()}


def matched(line: int, ours: str, theirs: str) -> None:
    """Write a match of a line with the last posting."""
    insider.run(
        "WITH m AS (INSERT INTO grants_sapmatch (rule, why, matched_at, matched_by_id)"
        " SELECT 'by_hand', 'Because.', now(), id FROM accounts_user LIMIT 1 RETURNING id)"
        " SELECT set_config('x.match', id::text, true) FROM m"
    )
    insider.run(
        "INSERT INTO grants_sapmatchpart (match_id, line_id, item_id, amount) VALUES"
        " (current_setting('x.match')::bigint, %s, NULL, %s),"
        " (current_setting('x.match')::bigint, NULL,"
        "  (SELECT max(id) FROM grants_sapitem), %s)",
        line,
        ours,
        theirs,
    )


def test_a_statement_is_not_agreed_by_its_author_past_the_acts(db: None) -> None:
    reconciling.load(a_posting("19", "3.00", invoice="A"), a_posting("20", "-3.00", invoice="A"))
    with months.next_months_second_day():
        reconciling.prepare()
    wrote = insider.attempt(lambda: agreed("prepared_by_id"))
    assert wrote == "reconciliationagreement_by_a_second_person"


def test_a_statement_with_a_difference_is_not_agreed_past_the_acts(db: None) -> None:
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day():
        reconciling.prepare()
    other = str(grants.a_finance_approver().pk)
    assert insider.attempt(lambda: agreed(other)) == "reconciliationagreement_of_nought"
    assert insider.attempt(lambda: agreed(other, "0, 0")) == "reconciliationagreement_as_prepared"


def agreed(by: str, sums: str = "difference, unexplained") -> None:
    insider.run(
        "INSERT INTO grants_reconciliationagreement (reconciliation_id, prepared_by_id,"
        f" difference, unexplained, agreed_at, agreed_by_id) SELECT id, prepared_by_id, {sums},"
        f" now(), {by} FROM grants_reconciliation"
    )


def test_no_item_of_a_statement_is_made_up(db: None) -> None:
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day():
        reconciling.prepare()
    wrote = insider.attempt(
        lambda: insider.run(
            "INSERT INTO grants_reconcilingitem (reconciliation_id, item_id, kind, words, amount)"
            " SELECT r.id, i.id, 'timing', '', 1 FROM grants_reconciliation r, grants_sapitem i"
        )
    )
    assert wrote == "reconcilingitem_listed_by_its_statement"


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("UPDATE grants_sapmatchpart SET amount = amount + 1 WHERE line_id IS NULL", "match"),
        ("UPDATE grants_sapitem SET amount = amount + 1", "export"),
        ("UPDATE grants_reconciliationagreement SET agreed_by_id = prepared_by_id", "statement"),
        (
            "UPDATE grants_reconciliation SET sap = sap + 1, difference = difference - 1",
            "statement",
        ),
    ],
)
def test_what_was_done_with_guards_off_is_named(
    allocation: Allocation, planted: str, kind: str
) -> None:
    of_sap(allocation, ("19", "1", "3.00"))
    reconciling.load(a_posting("19", "3.00"))
    with months.next_months_second_day():
        reconciling.agree(reconciling.prepare())
    commit_checks()
    assert list(money_failures()) == []
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(DROP_CHECKS)
        write_sql(planted)
        assert f"{kind}-broken" in {failure.kind for failure in money_failures()}


# --- the pages ---


def page(client: Client, name: str, *args: object, **typed: object) -> str:
    """Look at a page, or send its form and follow where it leads."""
    url = reverse(name, args=args)
    keyed = {"form_key": str(uuid4()), **typed}
    answer = client.post(url, keyed, follow=True) if typed else client.get(url)
    return " ".join(unescape(answer.content.decode()).split())


def test_an_export_is_loaded_explained_stated_and_agreed_on_its_pages(
    allocation: Allocation,
) -> None:
    line = of_sap(allocation, ("19", "1", "3.00"))[0]
    slug, officer = f"{months.this_month():%Y-%m}", client_of(grants.a_finance_officer())
    rows = reconciling.HEADINGS + a_posting("19", "3.00") + a_posting("20", "9.00")
    read = page(officer, "reconciliation_load", slug, pasted=rows)
    assert "Same SAP document and item, same sum: 1 match" in read
    assert "Not explained" in read
    matches = page(officer, "reconciliation_matches", slug)
    assert f"{line.reference} has SAP 19 item 1, and both are £3." in matches
    item = SapItem.objects.get(sap_document="20").pk
    said = {"items": str(item), "kind": "not_this", "words": "Of the other fund."}
    assert "Of the other fund." in page(officer, "reconciliation_explain", slug, **said)
    with months.next_months_second_day():
        officer, approver = map(
            client_of, (grants.a_finance_officer(), grants.a_finance_approver())
        )
        stated = page(officer, "reconciliation_prepare", slug, sent="yes")
        assert "Everything is matched or explained" in stated
        pk = Reconciliation.objects.get().pk
        agreed = page(approver, "reconciliation_agree", pk, sent="yes")
        assert "Agreed" in agreed
        asked = {"statement": str(pk)}
        file: Any = approver.get(reverse("money_export", args=["reconciliation", "csv"]), asked)
    assert "Of the other fund." in b"".join(file).decode()


def test_an_export_with_faults_names_each_cell_and_loads_nothing(db: None) -> None:
    rows = reconciling.HEADINGS + a_posting("19", "3.00") + a_posting("20", "#REF!")
    officer = client_of(grants.a_finance_officer())
    read = page(officer, "reconciliation_load", f"{months.this_month():%Y-%m}", pasted=rows)
    assert "1 cell is wrong, and nothing was loaded." in read
    assert "G3" in read
    assert not SapItem.objects.exists()


def test_columns_that_are_not_known_are_asked_for_and_remembered(db: None) -> None:
    slug, officer = f"{months.this_month():%Y-%m}", client_of(grants.a_finance_officer())
    rows = "Beleg,Pos,Betrag\n19,1,3.00\n"
    url = reverse("reconciliation_load", args=[slug])
    asked: Any = officer.post(url, {"form_key": str(uuid4()), "pasted": rows})
    kept = parse_qs(urlsplit(asked.url).query)["kept"][0]
    chosen = {"kept": kept, "column_0": "sap_document", "column_1": "sap_item", "column_2": "net"}
    page(officer, "reconciliation_columns", slug, **chosen)
    page(officer, "reconciliation_load", slug, pasted=rows + "20,1,4.00\n")
    assert SapItem.objects.count() == 2


def test_what_is_ticked_is_matched_by_hand_and_a_match_undone(allocation: Allocation) -> None:
    line = grants.a_line("3.00", allocation=allocation)
    reconciling.load(a_posting("19", "3.00"))
    slug, officer = f"{months.this_month():%Y-%m}", client_of(grants.a_finance_officer())
    item = SapItem.objects.get().pk
    ticked = {"lines": str(line.pk), "items": str(item), "reason": "The clerk says so."}
    page(officer, "reconciliation_pair", slug, **ticked)
    match = SapMatch.objects.live().get()
    assert match.why == "The clerk says so."
    page(officer, "match_undo", match.pk, reason="Another line's.")
    assert not SapMatch.objects.live().exists()


def test_all_of_a_cost_centre_is_explained_at_once(db: None) -> None:
    heads = reconciling.HEADINGS.replace("Text", "Cost centre")
    source, found = reconciling.read(
        heads + "".join(a_posting(str(n), "3.00", text="C1") for n in (1, 2, 3))
    )
    by = grants.a_finance_officer()
    load_export(
        month=months.this_month(), source=source, postings=found.found, form_key=uuid4(), by=by
    )
    url = reverse("reconciliation_explain", args=[f"{months.this_month():%Y-%m}"])
    shown = client_of(by).get(url, {"centre": "C1"}).content.decode()
    assert "£9" in shown

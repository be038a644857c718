"""Who reaches the pages of money, and who may act there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from audit import clock
from decisions.actions import KeptFile
from decisions.models import Decision, OutcomeFigure, RecommendationOutcome
from grants import actions
from grants.documents import evidence_store
from grants.forms.evidence import SALT
from grants.models import (
    Allocation,
    Award,
    Claim,
    ExpenditureStatement,
    MonthClosing,
    Proposal,
    Reconciliation,
    Reservation,
    SapExport,
    SapMatch,
    SpendingImport,
    SpendingLine,
    Waiver,
)
from grants.months import digest_of, next_month, slug_of, year_of
from tests.factories import (
    approvals,
    claims,
    expenditure,
    grants,
    imports,
    months,
    papers,
    reconciling,
)
from tests.factories.lasting import settle, undone
from tests.factories.reconciling import a_posting
from tests.permissions import cast
from tests.permissions.conftest import quietly
from tests.permissions.grants_tables import LOOKS, SENT
from tests.permissions.hunt import found_in, whole
from tests.permissions.plain_tables import PEOPLE
from tests.permissions.restricted import marker
from tests.permissions.tables import acted, head, looked, read_table, share
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

LOOKED = read_table(LOOKS)
NAMED = dict(zip(PEOPLE.split(), cast.NAMES, strict=True))
ACTED = share(read_table(SENT), 0, 3)  # whoever may act, and one refusal in three

TWO_YEARS_AGO = months.this_month().replace(year=clock.today().year - 2)
OF_NO_LINE = {"line_new", "line_list"}
NO_EXCEPTIONS = digest_of([])


class Money(World):
    """Everybody, and an allocation and a line in each state that a page is about."""

    allocations: dict[str, Allocation]
    lines: dict[str, SpendingLine]
    award: Award
    bid: RecommendationOutcome
    varying: OutcomeFigure
    imports: dict[str, SpendingImport]
    closing: MonthClosing
    proposal: Proposal
    moving: Proposal
    claims: dict[str, Claim]
    statement: Reconciliation
    reservations: dict[str, Reservation]
    waiver: Waiver
    expenditure: ExpenditureStatement


@pytest.fixture(scope="module")
def money(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Money]:
    """Return a world with money in it, which lasts for the module."""
    with django_db_blocker.unblock(), undone(), quietly():
        users = cast.everybody()
        in_force = grants.a_funded_decision()
        made = Money(users, {}, {})
        made.expenditure = _expenditure()  # before anything awaits authority
        made.award, made.bid, made.varying = _answers(in_force)
        made.allocations = {"": grants.an_allocation(decision=in_force), "revoked": _revoked()}
        grants.an_allocation("1.00", decision=in_force)
        made.lines = _lines(made.allocations[""])
        made.imports = _imports(made.allocations[""])
        made.claims, made.lines["refused"] = _claims()
        made.reservations = _reservations(made.allocations[""], users["finance"])
        made.waiver = approvals.a_waiver(made.allocations[""])
        made.proposal = months.propose_reopening(months.close(TWO_YEARS_AGO))
        made.moving = grants.proposed(made.allocations[""])
        made.closing = months.close(next_month(TWO_YEARS_AGO))
        made.statement = _reconciled(next_month(made.closing.month))
        made.clients = cast.clients(users)
        settle()
        yield made


def _answers(decision: Decision) -> tuple[Award, RecommendationOutcome, OutcomeFigure]:
    """Return a letter with its file, a bid that was approved, and a sum that varies the grant."""
    data = b"%PDF-1.7 a letter"
    kept = KeptFile(evidence_store().put(data), len(data), "letter.pdf", "application/pdf")
    bid = grants.figure_of(grants.a_mixed_decision(), "3").outcome
    varying = grants.figure_of(grants.a_varying_decision(decision, "1300000.00"))
    return grants.an_award(decision=decision, file=kept), bid, varying


def _revoked() -> Allocation:
    decision = grants.a_funded_decision()
    allocation = grants.an_allocation(decision=decision)
    grants.an_allocation("1.00", decision=decision)
    papers.revoke(decision)
    return allocation


def _lines(allocation: Allocation) -> dict[str, SpendingLine]:
    data = b"%PDF-1.7 an order"
    kept = KeptFile(evidence_store().put(data), len(data), "order.pdf", "application/pdf")
    taken_back = grants.a_line("5.00", allocation=allocation)
    reversal = actions.reverse_line(
        line=taken_back, reason="Wrong.", form_key=uuid4(), by=grants.a_finance_officer()
    )
    return {
        "": grants.a_line("10.00", allocation=allocation, stage="commitment", evidence=kept),
        "paid": grants.a_line("20.00", allocation=allocation),
        "waiting": grants.a_waiting_line("30.00"),
        "reversed": taken_back,
        "reversal": reversal,
        "closed": grants.a_line(
            "1.00",
            allocation=allocation,
            payee=f"{marker('SpendingLine.payee')} Ltd",
            purpose=f"To watch. {marker('SpendingLine.purpose')}",
            evidence=replace(kept, file_name=f"{marker('SpendingLine.evidence')}.pdf"),
            withheld=dict.fromkeys(("payee", "purpose", "evidence"), "FOIA 2000 s40"),
        ),
    }


def _claims() -> tuple[dict[str, Claim], SpendingLine]:
    """Return a draft, a claim that was submitted, and a line that was disallowed in another."""
    places = [grants.an_allocation(decision=grants.a_funded_decision()) for _ in range(3)]
    lines = [grants.a_line("3.00", allocation=place) for place in places]
    with months.next_months_second_day():
        made = [claims.drawn_up(place.decision) for place in places]
        sent = [claims.submitted(one) for one in made[1:]]
        claims.answered(sent[1], disallowed=[lines[2].pk])
    return {"": made[0], "sent": sent[0]}, lines[2]


def _reservations(allocation: Allocation, by: User) -> dict[str, Reservation]:
    """Return a line that waits, of another officer, and one that was declined to finance here."""
    declined = approvals.reserved("9.00", allocation=allocation, by=by)
    return {
        "": approvals.reserved("9.00", allocation=allocation),
        "declined": approvals.answered(declined, "declined", "Not ours."),
    }


def _expenditure() -> ExpenditureStatement:
    """Return a statement that is not certified, of a grant of which nothing was spent."""
    place = grants.an_allocation(decision=grants.a_funded_decision())
    with expenditure.once_the_year_is_over() as year:
        return expenditure.prepared(place, year)


def _past_days(_money: Money, _of: str) -> dict[str, Any]:
    yesterday = clock.today() - timedelta(days=1)
    parts = {"day": yesterday.day, "month": yesterday.month, "year": yesterday.year}
    return {f"{end}_{part}": n for end in ("start", "end") for part, n in parts.items()}


def _imports(allocation: Allocation) -> dict[str, SpendingImport]:
    """Return an import that is staged, one that has a line held already, and one that is done."""
    rows = imports.HEADINGS + imports.a_row(allocation, "1.00")
    return {
        "": imports.staged(rows),
        "alike": imports.alike(allocation),
        "done": imports.approve(imports.staged(rows)),
    }


def _reconciled(month: date) -> Reconciliation:
    """Return a statement of a month with two postings that cancel and two that are explained."""
    rows = [a_posting(n, net, invoice="A") for n, net in (("19", "3.00"), ("20", "3.00-"))]
    rows += [a_posting("21", "1.00"), a_posting("22", "1.00-")]
    export = reconciling.load(*rows, month=month)
    reconciling.explain(items=tuple(_on_their_own(export)))
    return reconciling.prepare(month)


def _on_their_own(export: SapExport) -> list[int]:
    return list(export.items.filter(match_parts__isnull=True).values_list("pk", flat=True))


def kept_export() -> str:
    """Return what a page carries of the file of an export."""
    source, _ = reconciling.read(reconciling.HEADINGS + a_posting("31", "1.00"))
    return signing.dumps(vars(source.file), salt=SALT)


def kept(money: Money) -> str:
    """Return what a page carries of the file of an import."""
    file = money.imports[""]
    found = KeptFile(file.file_sha256, 0, file.file_name, "text/csv")
    return signing.dumps(vars(found), salt=SALT)


def address(money: Money, name: str) -> str:
    """Return the address of a page about what the variant names."""
    base, _, of = name.partition(":")
    if base == "allocation_new":
        query = f"?figure={money.allocations[''].figure_id}" if of else ""
        return reverse(base) + query
    if base == "money_export":
        return reverse(base, args=["allocations", "csv"])
    if base.startswith("line_") and base not in ("line_new", "line_list"):
        return reverse(base, args=[money.lines[of].pk])
    if base == "import_columns":
        return f"{reverse(base)}?kept={kept(money)}"
    if base.startswith("import_") and base not in ("import_list", "import_new", "import_template"):
        return reverse(base, args=[money.imports[of].pk])
    if base == "programme_detail":
        return reverse(base, args=[money.allocations[of].decision.slug])
    if base in ("award_detail", "award_new"):
        return reverse(base, args=[money.award.figure_id])
    if base == "plan_edit":
        return reverse(base, args=[money.allocations[of].slug, "profile"])
    one = _one(money, of)
    if base in one:
        query = f"?kept={kept_export()}" if base == "reconciliation_columns" else ""
        return reverse(base, args=[one[base]]) + query
    of_one = base in (
        *(
            "allocation_detail",
            "allocation_amend",
            "allocation_months",
            "allocation_withheld",
            "virement_new",
            "line_new",
            "limit_change",
            "hand_back_new",
            "hand_back_undo",
            "set_apart",
        ),
    )
    return reverse(base, args=[money.allocations[of].slug] if of_one else [])


OF_A_MONTH = [
    f"reconciliation_{name}"
    for name in ["detail", "matches", "load", "columns", "match", "pair", "explain", "prepare"]
]


def _one(money: Money, of: str) -> dict[str, object]:
    """Return what pages about one thing are about, as it stands in their addresses."""
    closed = money.closing.month
    month = slug_of(closed if of else next_month(closed))
    return {
        "award_letter": money.award.pk,
        "bid_end": money.bid.pk,
        "variation_apply": money.varying.pk,
        "month_detail": month,
        "month_close": month,
        "month_reopen": month,
        "year_close": year_of(TWO_YEARS_AGO),
        **dict.fromkeys(OF_A_MONTH, slug_of(money.statement.month)),
        "reconciliation_statement": money.statement.pk,
        "reconciliation_agree": money.statement.pk,
        "match_undo": SapMatch.objects.get(rule="cancelled").pk,
        "sap_export_detail": SapExport.objects.get().pk,
        "sap_export_withdraw": SapExport.objects.get().pk,
        "claim_detail": money.claims[""].pk,
        "claim_new": money.award.figure_id,
        "claim_submit": money.claims[""].pk,
        "claim_withdraw": money.claims[""].pk,
        "claim_answer": money.claims["sent"].pk,
        "waiver_detail": money.waiver.pk,
        "waiver_end": money.waiver.pk,
        "reservation_detail": money.reservations[""].pk,
        "reservation_answer": money.reservations[""].pk,
        "reservation_correct": money.reservations["declined"].pk,
        "statement_new": money.award.figure_id,
        "statement_detail": money.expenditure.pk,
        "statement_certify": money.expenditure.pk,
        "statement_document": money.expenditure.pk,
        "proposal_detail": money.proposal.pk,
        "proposal_answer": (money.moving if of else money.proposal).pk,
    }


def the_day(name: str) -> dict[str, int]:
    """Return what is typed for today in the boxes of a date."""
    today = clock.today()
    return {f"{name}_day": today.day, f"{name}_month": today.month, f"{name}_year": today.year}


def an_item(net: str = "7.00") -> dict[str, Any]:
    """Return what is typed for an item of spend."""
    return {
        **the_day("received_on"),
        "stage": "actual",
        "payee": "Harbour Training Ltd",
        "purpose": "Training",
        "category": "training",
        "net": net,
        "is_vat_recovered": "yes",
    }


def _why(_money: Money, _of: str) -> dict[str, Any]:
    return {"reason": "A good reason."}


def _terms(_money: Money, _of: str) -> dict[str, Any]:
    dates = {**the_day("period_start"), **the_day("period_end")}
    return {"limit": "3.00", "purpose": "A part", "charge": "revenue", **HOLDER, **dates}


def _awaiting(money: Money, _of: str) -> dict[str, Any]:
    funder = money.allocations[""].funder_id
    return {**an_item(), "funder": funder, "why": "It had to go on."}


def _virement(money: Money, of: str) -> dict[str, Any]:
    giver = money.allocations[of]
    taker = Allocation.objects.filter(figure=giver.figure_id).exclude(pk=giver.pk).get()
    return {"taker": taker.pk, "amount": "1.00", "reason": "Needed there."}


def _limit(_money: Money, of: str) -> dict[str, Any]:
    return {"way": "raise", "amount": "1.00", "reason": "Needed."}


def _letter(_money: Money, _of: str) -> dict[str, Any]:
    days = ("dated", "period_start", "period_end", "accepted_on")
    dates = {name: number for each in days for name, number in the_day(each).items()}
    typed = {"reference": "HO 2", "amount": "1200000.00", "accepted_by": "CFO"}
    return {**dates, **typed, "needs_consent": "no"}


def _bid(_money: Money, _of: str) -> dict[str, Any]:
    return {"result": "won", "amount": "100.00", **the_day("told_on")}


def _variation(money: Money, _of: str) -> dict[str, Any]:
    return {"varied": money.award.figure_id}


def _pasted(money: Money, _of: str) -> dict[str, Any]:
    return {"pasted": imports.HEADINGS + imports.a_row(money.allocations[""], "2.00")}


def _columns(money: Money, _of: str) -> dict[str, Any]:
    chosen = ("allocation", "received_on", "payee", "purpose", "category", "net")
    return {"kept": kept(money)} | {f"column_{n}": name for n, name in enumerate(chosen)}


def _same(money: Money, of: str) -> dict[str, Any]:
    row = money.imports[of].rows.get(looks_like__isnull=False)
    return {f"row_{row.pk}": "same"}


def _code(_money: Money, _of: str) -> dict[str, Any]:
    days = {**the_day("valid_from"), **the_day("valid_to")}
    return {"code": "421000", "means": "category", "category": "software", **days}


def _ticked(_money: Money, _of: str) -> dict[str, Any]:
    items = ",".join(map(str, _on_their_own(SapExport.objects.get())))
    why = {"kind": "timing", "words": "Asked.", "reason": "They cancel."}
    return {"items": items, **why}


def _columns_of_sap(_money: Money, _of: str) -> dict[str, Any]:
    return {"kept": kept_export(), "column_0": "sap_document", "column_6": "net"}


HOLDER = {"budget_holder": "Metropolitan Police Service"}
FORMS: dict[str, Callable[[Money, str], dict[str, Any]]] = {
    "allocation_new": _terms,
    "allocation_amend": lambda money, of: {"purpose": "Put otherwise", **HOLDER},
    "plan_edit": lambda money, of: {"seen": 0},
    "virement_new": _virement,
    "line_new": lambda money, of: an_item(),
    "line_amend": lambda money, of: {"purpose": "Put otherwise"},
    "line_convert": lambda money, of: {**an_item(), "is_last": "yes"},
    "line_release": _why,
    "line_reverse": _why,
    "line_withhold": lambda money, of: {
        "fields_chosen": ["payee"],
        "ground": "FOIA 2000 s40",
        "reason": "Asked for.",
    },
    "line_words_release": lambda money, of: {"fields_chosen": ["payee"], "reason": "Known."},
    "line_credit": lambda money, of: {"net": "0.01"},
    "line_cover": lambda money, of: {"allocation": money.allocations[""].pk},
    "awaiting_new": _awaiting,
    "limit_change": _limit,
    "set_apart": lambda money, of: {
        "giver": "-",
        "taker": "training",
        "amount": "1.00",
        "reason": "Capped.",
    },
    "award_new": _letter,
    "bid_end": _bid,
    "variation_apply": _variation,
    "import_new": _pasted,
    "import_columns": _columns,
    "import_set_aside": lambda money, of: {"rows": "2", "reason": "Not ours."},
    "import_drop": _why,
    "import_matches": _same,
    "import_approve": lambda money, of: {"lines": "1", "amount": "1.00"},
    "import_reverse": _why,
    "sap_codes": _code,
    "claim_new": _past_days,
    "claim_submit": lambda money, of: the_day("taken_on"),
    "claim_withdraw": _why,
    "claim_answer": lambda money, of: the_day("taken_on"),
    "line_recharge": lambda money, of: {"allocation": money.allocations[""].pk},
    "hand_back_undo": lambda money, of: {"amount": "1.00", "reason": "It was not."},
    "hand_back_new": lambda money, of: {"amount": "1.00", "reason": "Not needed."},
    "month_close": lambda money, of: {"shown": NO_EXCEPTIONS},
    "month_reopen": _why,
    "year_close": lambda money, of: {"shown": NO_EXCEPTIONS},
    "proposal_answer": lambda money, of: {"outcome": "approved"},
    "reconciliation_load": lambda money, of: {
        "pasted": reconciling.HEADINGS + a_posting("30", "1.00")
    },
    "reconciliation_columns": _columns_of_sap,
    "reconciliation_explain": _ticked,
    "reconciliation_pair": _ticked,
    "match_undo": _why,
    "sap_export_withdraw": _why,
    "approval_limit": lambda money, of: {
        **the_day("valid_from"),
        "way": "none",
        "reason": "No scheme.",
    },
    "waiver_new": lambda money, of: {
        **the_day("expires_on"),
        "rule": "GRT-53",
        "allocation": money.allocations[""].reference,
        "reason": "Many parts.",
    },
    "waiver_end": _why,
    "reservation_answer": lambda money, of: {"outcome": "approved"},
    "reservation_correct": lambda money, of: an_item(),
}


@pytest.mark.parametrize("name", LOOKED)
def test_a_page_opens_to_just_those_who_may_look(money: Money, name: str) -> None:
    found = [looked(money.clients[who].get(address(money, name))) for who in cast.NAMES]
    assert " ".join(found) == " ".join(LOOKED[name].values())


@pytest.mark.parametrize("who", ["second", "finance", "approver", "cfo", "admin", "anyone"])
def test_no_page_gives_away_what_a_line_withholds(money: Money, who: str) -> None:
    names = {name.partition(":")[0] for name in LOOKED if name.startswith("line_")}
    places = {address(money, name) for name in LOOKED}
    places |= {reverse(one, args=[money.lines["closed"].pk]) for one in names - OF_NO_LINE}
    tables = ("lines", "statement", "open", "posted", "claim", "allocations")
    slug = money.allocations[""].slug
    places |= {f"{reverse('money_export', args=[t, 'csv'])}?allocation={slug}" for t in tables}
    places |= {f"{reverse(one)}?q={marker('x')[:6]}" for one in ("line_list", "money_find")}
    client = money.clients[who]
    assert {one for one in places if found_in(whole(client, one)) - {marker("x")[:6]}} == set()


def test_the_same_hunt_finds_it_where_there_is_a_right(money: Money) -> None:
    place = address(money, "line_withheld:closed")
    found = found_in(whole(money.clients["auditor"], place))
    assert found == {marker(f"SpendingLine.{one}") for one in ("payee", "purpose", "evidence")}


@pytest.mark.parametrize("name", ACTED)
def test_a_form_acts_for_just_those_who_may(money: Money, name: str) -> None:
    found = {short: attempt(money, name, NAMED[short]) for short in ACTED[name]}
    assert found == ACTED[name]


def attempt(money: Money, name: str, who: str) -> str:
    """Return what came of it when somebody sent a page's form, and undo it."""
    base, _, of = name.partition(":")
    user = money.users.get(who)
    typed = {"form_key": papers.a_key(), **(FORMS[base](money, of) if base in FORMS else {})}
    if base in ("line_amend", "allocation_amend"):
        typed["seen"] = seen(money, name, who)
    with undone():
        before = head()
        answer = money.clients[who].post(address(money, name), typed)
        settle()
        return acted(answer, before, str(user.pk) if user else "")


def seen(money: Money, name: str, who: str) -> str:
    """Return the digest of what the page showed; empty where it shows no form."""
    shown: Any = money.clients[who].get(address(money, name)).context or {}
    form = shown.get("form")
    return str(form.shown) if form else ""


def test_the_tables_name_the_same_pages() -> None:
    assert list(LOOKED) == list(ACTED)

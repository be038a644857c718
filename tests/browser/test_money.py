"""From the signed decision to a spent pound and back: the money's whole way in a browser."""

from datetime import date

from playwright.sync_api import FilePayload

from accounts.models import Role
from audit import clock
from decisions.models import Decision
from grants.models import SpendingLine
from tests.browser.conftest import Seat
from tests.browser.steps import Desk, fill, follow, go, open_all, pick, press, reads
from tests.factories import grants
from tests.factories.people import a_person
from tests.pdfs import A_PDF

INVOICE: FilePayload = {
    "name": "invoice 7.pdf",
    "mimeType": "application/pdf",
    "buffer": A_PDF,
}
CENTRE, LICENCES = "/grants/allocations/pcd-726-1/", "/grants/allocations/pcd-726-2/"


def test_money_goes_the_whole_way(seat: Seat) -> None:
    grants.a_funded_decision(drawn="570000.00")
    officer = seat(grants.a_finance_officer())

    allocate(officer)
    draw(officer)
    commit(officer)
    convert(officer)
    release(officer)
    overspend(officer)
    amend(officer)
    find(officer)
    move(seat(grants.a_finance_approver()), seat(a_person("cfo", Role.CHIEF_FINANCE_OFFICER)))
    charge(officer)
    reverse(officer)
    ask_why(officer)
    walk_down(seat(a_person("auditor", Role.AUDITOR)))


def test_every_task_is_done_without_scripts(seat: Seat) -> None:
    allocation = grants.an_allocation("1000.00")
    desk = seat(grants.a_finance_officer(), java_script_enabled=False)
    go(desk, f"/grants/allocations/{allocation.slug}/")
    follow(desk, "Record spending")
    item(desk, "1,200")
    press(desk, "Record it")
    press(desk, "Record as awaiting authority")
    fill(desk, why="The course could not wait.")
    press(desk, "Record as awaiting authority")
    reads(desk, "Recorded as awaiting authority.")
    go(desk, f"/grants/allocations/{allocation.slug}/months/")
    follow(desk, "Make a profile by month")
    press(desk, "Spread what is left evenly over the empty boxes")
    press(desk, "Save")
    reads(desk, "Profile 1: £1,000")


def test_a_closed_allocation_says_so(seat: Seat) -> None:
    decision: Decision = grants.an_allocation("1000.00").decision
    grants.revoked(decision)
    desk = seat(grants.a_finance_officer())
    go(desk, CENTRE)
    reads(desk, "so this allocation is closed")
    go(desk, "/decisions/pcd-726/")
    reads(desk, "its allocations are closed")


def line(n: int) -> SpendingLine:
    """Return the line that was recorded as the n-th."""
    return SpendingLine.objects.order_by("id")[n - 1]


def type_day(desk: Desk, name: str, day: date) -> None:
    """Type a day into its three boxes."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    fill(desk, **{f"{name}_{part}": str(value) for part, value in parts.items()})


def item(desk: Desk, net: str, stage: str = "actual") -> None:
    """Fill in an item of spend."""
    pick(desk, stage=stage, category="training")
    type_day(desk, "received_on", clock.today())
    fill(desk, payee="Harbour Training Ltd", purpose="A course for analysts", net=net)


def allocate(desk: Desk) -> None:
    """Find what was decided and not yet allocated, ask too much, then allocate."""
    go(desk, "/")
    follow(desk, "decided and not yet allocated")
    follow(desk, "Allocate PCD 726 recommendation 1")
    terms(desk, "1,200,001", "The national centre")
    press(desk, "Allocate")
    reads(desk, "GRT-03")
    fill(desk, limit="1,200,000")
    press(desk, "Allocate")
    reads(desk, "Allocated.")


def terms(desk: Desk, limit: str, purpose: str) -> None:
    """Fill in the terms of an allocation for this financial year and the next."""
    today = clock.today()
    fill(desk, limit=limit, purpose=purpose, budget_holder="Metropolitan Police Service")
    type_day(desk, "period_start", today)
    type_day(desk, "period_end", date(today.year + 1, 3, 31))


def draw(desk: Desk) -> None:
    """Allocate the sum that is drawn from the first, out of its allocation, in two parts."""
    source = str(grants.allocation_numbered(1).pk)
    draw_part(desk, "500000", "Licences", funded_from=source)
    draw_part(desk, "70000", "Their support")  # the whole sum is moved: no source is asked
    go(desk, "/grants/allocations/")
    reads(desk, "of which £570,000.00 is drawn by some of these out of others")


def draw_part(desk: Desk, limit: str, purpose: str, **chosen: str) -> None:
    """Allocate a part of the sum that is drawn, choosing what it is drawn out of where asked."""
    go(desk, "/grants/allocations/new/")
    open_all(desk)
    desk.look()
    follow(desk, "Allocate PCD 726 recommendation 2")
    terms(desk, limit, purpose)
    pick(desk, **chosen)
    press(desk, "Allocate")
    reads(desk, "Allocated.")


def commit(desk: Desk) -> None:
    """Record a commitment, its evidence with it, past an error that keeps the file."""
    go(desk, CENTRE)
    follow(desk, "Record spending")
    item(desk, "", stage="commitment")
    desk.page.locator("[name=file]").set_input_files(INVOICE)
    press(desk, "Record it")
    reads(desk, "“invoice 7.pdf” is attached")
    fill(desk, net="10,000")
    press(desk, "Record it")
    reads(desk, "£10,000 to Harbour Training Ltd")
    reads(desk, "invoice 7.pdf")


def convert(desk: Desk) -> None:
    """Turn a part of the commitment into an actual."""
    follow(desk, "Convert")
    type_day(desk, "received_on", clock.today())
    fill(desk, net="4,000")
    pick(desk, is_last="no")
    press(desk, "Convert it")
    reads(desk, "Comes out of")


def release(desk: Desk) -> None:
    """Release what is left of the commitment."""
    go(desk, CENTRE)
    follow(desk, f"{line(1).reference}: Harbour Training Ltd")
    follow(desk, "Release the rest")
    fill(desk, reason="The second course was called off.")
    press(desk, "Release it")
    reads(desk, "Released.")


def overspend(desk: Desk) -> None:
    """Spend more than is left; record it as awaiting authority, typing nothing but why."""
    go(desk, LICENCES)
    follow(desk, "Record spending")
    item(desk, "520,000")
    desk.page.locator("[name=file]").set_input_files(INVOICE)
    press(desk, "Record it")
    reads(desk, "£520,000 is more than the £500,000 that is left of PCD 726 allocation 2.")
    press(desk, "Record as awaiting authority")
    reads(desk, "invoice 7.pdf")
    press(desk, "Record as awaiting authority")
    reads(desk, "There is a problem")
    fill(desk, why="The licences had to run on.")
    press(desk, "Record as awaiting authority")
    reads(desk, "Recorded as awaiting authority.")


def amend(desk: Desk) -> None:
    """Put another order number on the line that waits."""
    follow(desk, "Amend purpose, PO or evidence")
    fill(desk, po_number="PO 77")
    press(desk, "Save")
    reads(desk, "nothing → PO 77")
    follow(desk, "Why was this allowed?")
    reads(desk, "It has not been allowed yet")


def find(desk: Desk) -> None:
    """Find it among what awaits authority; no allocation has enough for it yet."""
    go(desk, "/grants/")
    follow(desk, "1 line of £520,000")
    follow(desk, f"{line(3).reference}: Harbour Training Ltd")
    follow(desk, "Charge to an allocation")
    pick(desk, allocation=str(grants.allocation_numbered(2).pk))
    press(desk, "Charge it")
    reads(desk, "GRT-07")


def move(desk: Desk, second: Desk) -> None:
    """Move what is left of one allocation to another, as one proposes and another approves."""
    go(desk, "/grants/")
    reads(desk, "Only a finance officer may record spending")
    go(desk, "/grants/allocations/pcd-726-3/")
    follow(desk, "Move money")
    pick(desk, taker=str(grants.allocation_numbered(2).pk))
    fill(desk, amount="70,001", reason="The licences cost more.")
    press(desk, "Propose it")
    reads(desk, "GRT-17")
    fill(desk, amount="20,000")
    press(desk, "Propose it")
    reads(desk, "Waits for approval")

    go(second, "/grants/")
    follow(second, "£20,000")
    follow(second, "Answer it")
    pick(second, outcome="approved")
    press(second, "Answer")
    reads(second, "Approved")


def charge(desk: Desk) -> None:
    """Charge what awaited authority, now that there is enough."""
    press(desk, "Charge it")
    reads(desk, "Charged to the allocation.")
    go(desk, "/grants/awaiting/")
    reads(desk, "Nothing awaits authority")
    go(desk, "/grants/lines/?q=course")
    reads(desk, "A course for analysts")


def reverse(desk: Desk) -> None:
    """Reverse what was paid for the course; it goes back to the commitment it came out of."""
    go(desk, f"/grants/lines/{line(2).pk}/")
    follow(desk, "Reverse")
    fill(desk, reason="The course was not held.")
    press(desk, "Reverse it")
    reads(desk, "Reversed.")


def ask_why(desk: Desk) -> None:
    """Walk from the line that was charged back to the signed document."""
    go(desk, LICENCES)
    follow(desk, "Harbour Training Ltd")
    follow(desk, "Why was this allowed?")
    for words in ("The licences had to run on.", "Recommendation 2", "Its sum is drawn out of"):
        reads(desk, words)
    reads(desk, "SHA-256")
    answer = desk.page.request.get(
        str(desk.page.get_by_role("link", name="(PDF)").first.get_attribute("href"))
    )
    assert answer.body().startswith(b"%PDF")


def walk_down(desk: Desk) -> None:
    """Walk down again as an auditor: decision, allocation, statement, audit trail."""
    go(desk, "/decisions/pcd-726/")
    reads(desk, "Every sum that it decided has been allocated.")
    follow(desk, "PCD 726 allocation 1")
    follow(desk, "Audit trail entry")
    reads(desk, "Hash of this entry")

"""The whole way of a paper, with all its people: from a published page to a superseded document.

One long walk, for each step rests on the one before; every step is a function of its own.
"""

from playwright.sync_api import FilePayload

from accounts.models import Role, User
from audit.models import LedgerEntry
from decisions.models import Decision
from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    able_to_sign_in,
    code_of,
    does_not_read,
    fill,
    follow,
    go,
    pick,
    press,
    reads,
    sign_in,
)
from tests.decisions.importers.pages import page
from tests.factories.papers import a_series
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_person,
    an_adviser,
    an_officer,
)

PAPER = "/decisions/pcd-9726/"
COLLEGE = "College of Harbour Officers"
SECRET = "Tern Charts of Wapping bid £61,113 a licence"


def test_a_paper_goes_the_whole_way(seat: Seat, stranger: Desk) -> None:
    a_series()
    officer, maker = an_officer(), a_decision_maker()
    governance, auditor = a_governance_officer(), a_person("auditor", Role.AUDITOR)

    writing = signed_in(seat, officer)
    import_page(writing)
    write_further(writing)
    put_in_order(writing)
    take_step(writing, "Submit for advice", "Submitted for advice")
    financial, legal = advise(seat, "financial"), advise(seat, "legal")
    change_what_was_advised_on(writing)
    confirm_advice(financial, "financial")
    confirm_advice(legal, "legal")
    take_step(writing, "Send to the chief executive", "Sent to the chief executive")
    endorse(seat(a_chief_executive()))

    deciding = signed_in(seat, maker)
    first = decide(deciding, maker)
    check(stranger, first, "Genuine and current")
    check(stranger, changed(first), "Changed: do not rely on this file")
    take_step(seat(governance), "Publish", "Published")
    read_in_public(stranger)
    audit(seat(auditor))

    second = decide_what_was_deferred(deciding, maker)
    take_step(seat(governance), "Publish what was decided further", "Published further")
    check(stranger, second, "Genuine and current")
    check(stranger, first, "Genuine, but replaced by a later document")


def signed_in(seat: Seat, user: User) -> Desk:
    """Return the browser of a person who signed in with a password and a code."""
    desk = seat()
    sign_in(desk, able_to_sign_in(user))
    return desk


def import_page(desk: Desk) -> None:
    """Paste a published page, correct what was understood of it, and keep it as a draft."""
    go(desk, "/decisions/")
    follow(desk, "Import a decision")
    fill(desk, text=page("numbered"))
    press(desk, "Read the paper")
    reads(desk, "What was understood")
    fill(desk, title="National Harbour Crime Desk and London’s harbours")
    press(desk, "Save")
    reads(desk, "PCD 9726 was imported as a draft")


def write_further(desk: Desk) -> None:
    """Add two recommendations, and a paragraph to Part 2 with its exemption."""
    follow(desk, "Add a recommendation")
    pick(desk, kind="approve_spend")
    fill(desk, text="approve up to £60,000 for training harbour officers.")
    fill(desk, **{"figures-0-amount": "60,000"})
    desk.page.get_by_label("Up to this sum").check()
    for end, day, month, year in (("start", "1", "4", "2020"), ("end", "31", "3", "2021")):
        parts = {"day": day, "month": month, "year": year}
        fill(desk, **{f"period_{end}_{part}": value for part, value in parts.items()})
    pick(desk, **{"years-0-year": "2020"})
    fill(desk, **{"years-0-amount": "60k", "recipients-0-name": COLLEGE})
    fill(desk, **{"recipients-0-amount": "60,000"})
    press(desk, "Save")
    for words in (COLLEGE, "2020/21"):
        reads(desk, words)
    follow(desk, "Add a recommendation")
    pick(desk, kind="note")
    fill(desk, text="note that a report comes back after a year.")
    press(desk, "Save")
    if not Decision.objects.get().exemptions.exists():
        follow(desk, "Claim an exemption")
        pick(desk, ground="FOIA 2000 s43(2)")
        fill(desk, reason="Prices that suppliers have bid.")
        press(desk, "Save")
    follow(desk, "Add a paragraph to section 3")
    fill(desk, text=SECRET)
    pick(desk, part="2")
    desk.page.locator("[name=exemption]").select_option(index=1)
    press(desk, "Save")
    reads(desk, SECRET)


def put_in_order(desk: Desk) -> None:
    """Put right what is found before the paper is submitted, and answer what is only doubted."""
    go(desk, f"{PAPER}before/")
    follow(desk, "Part 2 rests on it, and it has no review date")
    fill(desk, reason="Prices that suppliers have bid.")
    fill(desk, review_on_day="1", review_on_month="10", review_on_year="2030")
    press(desk, "Save")
    go(desk, f"{PAPER}edit/words/")
    fill(desk, head_of_unit="A. Head", authority_paragraph="4.8")
    fill(desk, retrospective_reason="The grant was offered late in the year.")
    fill(desk, **{f"head_of_unit_consented_on_{part}": "1" for part in ("day", "month")})
    fill(desk, head_of_unit_consented_on_year="2020")
    press(desk, "Save")
    go(desk, f"{PAPER}before/")
    reads(desk, "£61,113 here and £60,000 in recommendation 4 are close and not equal")
    follow(desk, "Answer it")
    fill(desk, words="The one is a bid for licences, the other the cost of training.")
    press(desk, "Save the answer")
    reads(desk, "Nothing stands in the way")


def take_step(desk: Desk, label: str, done: str) -> None:
    """Take a step that only has to be confirmed."""
    go(desk, PAPER)
    follow(desk, label)
    press(desk, label)
    reads(desk, done)


def advise(seat: Seat, kind: str) -> Desk:
    """Find the paper among what needs the adviser, and give the advice."""
    desk = seat(an_adviser(kind))
    go(desk, "/")
    follow(desk, "National Harbour Crime Desk")
    follow(desk, f"Give {kind} advice")
    fill(desk, words=f"There is no {kind} objection to what is recommended.")
    pick(desk, part="1")
    press(desk, "Give advice")
    reads(desk, "advice given")
    return desk


def change_what_was_advised_on(desk: Desk) -> None:
    """Change a sum after the advice; the chief executive cannot be asked then."""
    go(desk, f"{PAPER}edit/")
    recommendation = Decision.objects.get().recommendations.get(number="4")
    go(desk, f"{PAPER}edit/recommendations/{recommendation.pk}/")
    fill(desk, text="approve up to £75,000 for training harbour officers.")
    fill(desk, **{f"{row}-0-amount": "75,000" for row in ("figures", "years", "recipients")})
    press(desk, "Save")
    go(desk, PAPER)
    reads(desk, "Needs confirming")


def confirm_advice(desk: Desk, kind: str) -> None:
    """See what changed since the advice, and confirm it."""
    go(desk, f"{PAPER}advice/")
    follow(desk, f"Confirm {kind} advice")
    follow(desk, "Everything that changed since version")
    desk.page.go_back()
    reads(desk, "£75,000")
    pick(desk, part="1")
    press(desk, "Confirm the advice")
    reads(desk, "advice confirmed")


def endorse(desk: Desk) -> None:
    """Endorse as the chief executive, the statement confirmed."""
    go(desk, PAPER)
    follow(desk, "Endorse")
    desk.page.get_by_role("checkbox").check()
    press(desk, "Endorse")
    reads(desk, "Endorsed by the chief executive")


def decide(desk: Desk, maker: User) -> bytes:
    """Approve, amend, defer and note; sign with a fresh code; return the signed document."""
    follow(desk, "National Harbour Crime Desk")
    follow(desk, "Decide")
    rows = {row.number: row for row in Decision.objects.get().recommendations.all()}
    outcome(desk, rows["1"].pk, "approved")
    outcome(desk, rows["2"].pk, "approved_as_amended", words="Less, for a later start.")
    figure = rows["2"].figures.get()
    fill(desk, **{f"r{rows['2'].pk}-sum_{figure.pk}": "2,000,000"})
    outcome(desk, rows["3"].pk, "deferred")
    back = {"day": "1", "month": "12", "year": "2090"}
    fill(desk, **{f"r{rows['3'].pk}-until_{part}": value for part, value in back.items()})
    outcome(desk, rows["4"].pk, "approved")
    outcome(desk, rows["5"].pk, "noted")
    return sign(desk, maker)


def decide_what_was_deferred(desk: Desk, maker: User) -> bytes:
    """Approve the deferred recommendation at a further signing; return the new document."""
    go(desk, PAPER)
    follow(desk, "Decide what was deferred")
    deferred = Decision.objects.get().recommendations.get(number="3")
    outcome(desk, deferred.pk, "approved")
    return sign(desk, maker)


def outcome(desk: Desk, pk: int, value: str, words: str = "") -> None:
    """Choose the outcome of a recommendation."""
    pick(desk, **{f"r{pk}-outcome": value})
    fill(desk, **{f"r{pk}-words": words})


def sign(desk: Desk, maker: User) -> bytes:
    """Record interests, look at the whole, confirm with a code; return the document's bytes."""
    pick(desk, interests_kind="none")
    fill(desk, interests="None to record.")
    press(desk, "Continue")
    reads(desk, "What you decide")
    fill(desk, code=code_of(maker))
    press(desk, "Sign the decision")
    reads(desk, "Decision signed")
    address = desk.page.get_by_role("link", name="PDF").get_attribute("href")
    return desk.page.request.get(str(address)).body()


def changed(document: bytes) -> bytes:
    """Return the document with one byte flipped."""
    middle = len(document) // 2
    return document[:middle] + bytes([document[middle] ^ 1]) + document[middle + 1 :]


def check(desk: Desk, document: bytes, verdict: str) -> None:
    """Put a file on the page that checks documents, and read its verdict."""
    go(desk, "/check/")
    file: FilePayload = {
        "name": "decision.pdf",
        "mimeType": "application/pdf",
        "buffer": document,
    }
    desk.page.locator("[name=file]").set_input_files(file)
    press(desk, "Check this file")
    reads(desk, verdict)


def read_in_public(desk: Desk) -> None:
    """Find the decision by a word, and read Part 1 of it and nothing else."""
    go(desk, "/register/")
    fill(desk, q="harbour")
    press(desk, "Search")
    follow(desk, "National Harbour Crime Desk")
    reads(desk, "£2,000,000")
    for words in (SECRET, "Tern Charts", "61,113"):
        does_not_read(desk, words)


def audit(desk: Desk) -> None:
    """Read the audit trail, open an entry, and verify all of it."""
    go(desk, "/audit/")
    reads(desk, "Decision signed")
    entry = LedgerEntry.objects.get(event="decisions.decision.signed")
    follow(desk, str(entry.seq))
    reads(desk, "Hash of this entry")
    go(desk, "/audit/")
    follow(desk, "Verify that nothing was altered")
    press(desk, "Verify now")
    reads(desk, "Nothing was altered")

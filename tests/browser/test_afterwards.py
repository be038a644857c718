"""What follows a signature, in a browser: take-down and its corrected version, a release, paper."""

import struct
import zlib
from datetime import date

from playwright.sync_api import FilePayload

from accounts.models import User
from audit import clock
from decisions.models import Decision
from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    code_of,
    does_not_read,
    fill,
    follow,
    go,
    pick,
    press,
    reads,
)
from tests.factories import afterwards, papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_officer,
)

PAPER, PUBLIC = "/decisions/pcd-726/", "/register/pcd-726/"


def test_a_name_is_taken_down_corrected_and_published_again_and_part_2_released(
    seat: Seat, stranger: Desk
) -> None:
    papers.published(papers.with_part_2(papers.a_draft("Support against Mallory")))
    keeper = seat(a_governance_officer())
    take_down(keeper)
    go(stranger, PUBLIC)
    reads(stranger, "Page not found")
    propose_other_words(seat(an_officer()))
    confirm(seat, a_decision_maker(), 1)
    go(keeper, PAPER)
    follow(keeper, "Publish")
    press(keeper, "Publish")
    go(stranger, PUBLIC)
    reads(stranger, "Support against [removed]")
    reads(stranger, "Correction 1")
    for words in ("Mallory", *papers.SECRET.split()[:1]):
        does_not_read(stranger, words)
    propose_release(keeper)
    confirm(seat, a_chief_executive(), 2)
    go(stranger, PUBLIC)
    reads(stranger, papers.SECRET)


def take_down(desk: Desk) -> None:
    """Take a decision down, with a reason."""
    go(desk, PAPER)
    follow(desk, "Take down")
    fill(desk, reason="It names somebody.")
    press(desk, "Take down")
    reads(desk, "Taken down")


def propose_other_words(desk: Desk) -> None:
    """Propose another title; the one it replaces is not to be published again."""
    go(desk, PAPER)
    follow(desk, "Propose a correction")
    pick(desk, place="title-0")
    press(desk, "Continue")
    fill(desk, **{"title-0": "Support against [removed]", "reason": "A slip of the pen."})
    desk.page.locator("[name=withholds]").check()
    press(desk, "Propose the correction")
    reads(desk, "Awaiting confirmation")


def propose_release(desk: Desk) -> None:
    """Propose that all of Part 2 is released."""
    go(desk, PAPER)
    follow(desk, "Propose a release of Part 2")
    for box in desk.page.get_by_role("checkbox").all():
        box.check()
    pick(desk, ground="foi")
    fill(desk, reason="Somebody asked for it.")
    press(desk, "Propose the release")
    reads(desk, "Awaiting confirmation")


def confirm(seat: Seat, user: User, n: int) -> None:
    """Confirm a correction or a release, with a code."""
    desk = seat(user)
    go(desk, f"{PAPER}revisions/{n}/")
    fill(desk, code=code_of(user))
    press(desk, "Confirm it")
    reads(desk, "The new document is issued")


def test_a_paper_decision_is_transcribed_confirmed_beside_its_scan_and_its_condition_met(
    seat: Seat,
) -> None:
    governance = a_governance_officer()
    scan: FilePayload = {"name": "scan.png", "mimeType": "image/png", "buffer": _page()}
    transcribe(seat(an_officer()), afterwards.a_paper_record(), scan)
    desk = seat(governance)
    go(desk, "/decisions/pcd-700/")
    follow(desk, "Confirm what was transcribed")
    fill(desk, code=code_of(governance))
    press(desk, "Confirm it")
    reads(desk, "Signed on paper on 1 March 2019")
    go(desk, "/conditions/?standing=overdue")
    follow(desk, "Report back.")
    fill(desk, note="The minutes of May.", **day_in_boxes("met_on", clock.today()))
    desk.page.locator("[name='file']").set_input_files(scan)
    press(desk, "Discharge")
    reads(desk, "Discharged")


def transcribe(desk: Desk, record: Decision, scan: FilePayload) -> None:
    """Say what was signed at six in the evening, on one condition."""
    row = f"r{record.recommendations.get().pk}"
    go(desk, "/")
    follow(desk, record.title)
    follow(desk, "Transcribe what was signed on paper")
    pick(desk, **{f"{row}-outcome": "approved"})
    press(desk, "Add a condition on recommendation 1")
    fill(desk, **{f"{row}-conditions-0-text": "Report back."})
    fill(desk, **day_in_boxes(f"{row}-conditions-0-due_on", date(2020, 1, 31)))
    desk.page.locator("[name='file']").set_input_files(scan)
    fill(desk, reference="PCD 700", decided_by="S. Linden, Deputy Mayor", interests="None.")
    fill(desk, authority="paragraph 4.8 of the Scheme of Delegation and Consent of 2016")
    fill(desk, **day_in_boxes("signed_on", afterwards.SIGNED_ON))
    press(desk, "Transcribe")
    reads(desk, "It waits for another person to confirm it")


def day_in_boxes(name: str, day: date) -> dict[str, str]:
    """Return what is typed for a day."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def _page(width: int = 600, height: int = 800) -> bytes:
    """Return a picture (PNG) of a blank sheet."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xf4" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts

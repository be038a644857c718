"""What follows a signature, in a browser: a correction, a condition, a decision signed on paper."""

import struct
import zlib

from audit import clock
from tests.browser.conftest import Seat
from tests.browser.steps import code_of, fill, follow, go, pick, press, reads
from tests.factories import afterwards, papers
from tests.factories.people import a_decision_maker, a_governance_officer, an_officer


def test_a_slip_is_corrected_and_the_public_reads_what_changed(seat: Seat) -> None:
    papers.published()
    maker_user = a_decision_maker()
    officer, maker = seat(an_officer()), seat(maker_user)
    go(officer, "/decisions/pcd-726/")
    follow(officer, "Propose a correction")
    pick(officer, place="title-0")
    press(officer, "Continue")
    fill(officer, **{"title-0": "Support for county lines", "reason": "A slip of the pen."})
    press(officer, "Propose the correction")
    reads(officer, "Awaiting confirmation")
    go(maker, "/decisions/pcd-726/revisions/1/")
    fill(maker, code=code_of(maker_user))
    press(maker, "Confirm it")
    reads(maker, "Support for county lines")
    go(maker, "/register/pcd-726/")
    reads(maker, "Correction 1")


def test_a_paper_decision_is_confirmed_beside_its_scan_and_its_condition_met(seat: Seat) -> None:
    governance = a_governance_officer()
    scan = _page()
    afterwards.transcribed(scan=afterwards.a_kept_file(scan))
    desk = seat(governance)
    go(desk, "/decisions/pcd-700/")
    follow(desk, "Confirm what was transcribed")
    fill(desk, code=code_of(governance))
    press(desk, "Confirm it")
    reads(desk, "Signed elsewhere, on paper.")
    go(desk, "/conditions/?standing=overdue")
    follow(desk, "Report back.")
    today = clock.today()
    day = {"day": today.day, "month": today.month, "year": today.year}
    fill(desk, note="The minutes of May.", **{f"met_on_{n}": str(v) for n, v in day.items()})
    desk.page.locator("[name='file']").set_input_files(
        {"name": "minutes.png", "mimeType": "image/png", "buffer": scan}
    )
    press(desk, "Discharge")
    reads(desk, "Discharged")


def _page(width: int = 600, height: int = 800) -> bytes:
    """Return a picture (PNG) of a blank sheet."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xf4" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts

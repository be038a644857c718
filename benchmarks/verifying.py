"""What it costs to verify an export offline, against hashing the same bytes once."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from audit.offline import verify_register
from benchmarks.side_by_side import Result

ENTRIES = 1_000_000
SALT = bytes(range(32))
DIGEST = sha256(b"a row").hexdigest()


def many_entries() -> Result:
    """Compare the offline verifier with `sha256sum` over an export of a million entries.

    Each entry lists one row of a table, and no two the same row, so that nothing can be forgotten.
    The rows themselves are not in it: it is the entries whose proof is measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.jsonl"
        with file.open("w") as written:
            written.writelines(_lines())
        other = _seconds(["sha256sum", str(file)])
        mine = _seconds([sys.executable, "-I", verify_register.__file__, str(file)])
    name = f"{ENTRIES:,} entries verified offline against sha256sum"
    return Result(name, mine / other, target=5)


def _lines() -> Iterator[str]:
    yield '{"format":"register-export/2"}\n'
    previous = verify_register.GENESIS
    for seq in range(1, ENTRIES + 1):
        listed = f'{{"columns":["id","payee"],"rows":[{{"key":"{seq}","sha256":"{DIGEST}"}}],'
        payload = (
            '{"act":"record_spend","data":{"amount":"1.00","payee":"Harbour Training Ltd"},'
            f'"demonstration":false,"event":"grants.line.posted","rows":[{listed}'
            '"table":"public.grants_spendingline"}]}'
        )
        header = _header(seq, sha256(SALT + payload.encode()).hexdigest(), previous)
        previous = sha256(header.encode()).hexdigest()
        facts = {
            "hash": previous,
            "header": header,
            "kind": "entry",
            "payload": payload,
            "salt": SALT.hex(),
            "seq": seq,
        }
        yield json.dumps(facts, separators=(",", ":")) + "\n"
    yield f'{{"hash":"{previous}","kind":"end","seq":{ENTRIES}}}\n'


def _header(seq: int, payload: str, previous: str) -> str:
    at = "2026-11-22T01:02:03.000004Z"
    return (
        f"register-ledger/1\nseq={seq}\nat={at}\nrecorded_at={at}\ndemonstration=false\n"
        "act=0f8fad5b-d9cb-469f-a165-70867728950e\nevent=grants.line.posted\nactor_id=4\n"
        "actor_name=A. Officer\nactor_role=finance_officer\nsubject_label=grants.spendingline\n"
        f"subject_id={seq}\nsubject_reference=Line {seq}\ntransaction={seq} {at}\n"
        f"payload={payload}\nprevious={previous}\n"
    )


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 our own words
    return time.perf_counter() - start

"""Verification of the versions of papers: digests, what made them, and the rows they froze."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from audit.canonical import canonical
from audit.findings import Failure
from decisions.models import (
    Content,
    Decision,
    Organisation,
    PaperVersion,
    RevisionAnswer,
    Stage,
    paper_content,
    part_1_of,
)

WORDS = ("title", "asked", "executive_summary", "sections", "exemptions", "supporting_papers")
OF_RECOMMENDATIONS = (
    *("number", "parent", "text", "kind", "part", "figures", "funder", "recipient", "recipients"),
    *("funded_from", "period_start", "period_end"),
)


def version_failures() -> Iterator[Failure]:
    """Find versions that are not what was signed, for verify_ledger.

    Whoever writes, and whatever guards were off: a content that its digests are not of, a version
    made after the signature by no confirmed revision, a last version that the rows differ from.
    """
    rows = PaperVersion.objects.select_related("decision__series").order_by("decision_id", "n")
    for decision, versions in groupby(rows, key=lambda row: row.decision):
        yield from _of_one(decision, list(versions))


def _of_one(decision: Decision, versions: Sequence[PaperVersion]) -> Iterator[Failure]:
    for row in versions:
        if not _has_its_digests(row):
            yield _failure(row, "version-changed", "its content is not what its digests are of")
    sittings = decision.approvals.filter(stage=Stage.DECISION).order_by("sitting")
    signed = sittings.values_list("version__n", flat=True).first()
    if signed is None:
        return
    answers = RevisionAnswer.objects.filter(decision=decision, is_confirmed=True)
    acts = set(answers.values_list("act", flat=True))
    for row in versions:
        if row.n > signed and row.act not in acts:
            words = "it was made after the signature, and no confirmed revision made it"
            yield _failure(row, "version-unfounded", words)
        acts.discard(row.act)
    last = versions[-1]
    content = _read(last)
    if content is not None and _compared(content) != _compared(_rows_named_as(content, decision)):
        yield _failure(last, "version-differs", "the paper’s rows say something else")


def _has_its_digests(row: PaperVersion) -> bool:
    content = _read(row)
    if content is None:
        return False
    part_1 = sha256(canonical(part_1_of(content)).encode()).hexdigest()
    whole = sha256(f"{row.part_2_salt}{row.content}".encode()).hexdigest()
    return (part_1, whole) == (row.part_1_digest, row.part_2_digest)


def _read(row: PaperVersion) -> Content | None:
    """Return the content; None where it is no paper's."""
    try:
        content: Content = json.loads(row.content)
        part_1_of(content)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return content


def _rows_named_as(content: Content, decision: Decision) -> Content:
    """Return what the rows say, parties called as in the content where they ever were called so."""
    rows = paper_content(decision)
    ever: dict[str, set[str]] = {}
    parties = Organisation.objects.in_bulk()
    for pk, name in Organisation.history.values_list("id", "name"):
        if pk in parties:
            ever.setdefault(parties[pk].name, set()).add(name)
    pairs = list(zip(rows["recommendations"], content["recommendations"], strict=False))
    named = [(row, said, key) for row, said in pairs for key in ("funder", "recipient")]
    named += [
        (each, other, "name")
        for row, said in pairs
        for each, other in zip(row.get("recipients", []), said.get("recipients", []), strict=False)
    ]
    for row, said, key in named:
        if said.get(key) in ever.get(row[key], ()):
            row[key] = said[key]
    return rows


def _compared(content: Content) -> str:
    """Return the words, names and sums that only a revision changes, as canonical JSON."""
    rows = content["recommendations"]
    asked = [{key: row.get(key) for key in OF_RECOMMENDATIONS} for row in rows]
    return canonical({"recommendations": asked, **{key: content.get(key) for key in WORDS}})


def _failure(row: PaperVersion, kind: str, words: str) -> Failure:
    """Say what is wrong without a word of the paper."""
    detail = f"{row.decision.reference}, version {row.n}: {words}."
    return Failure(kind, detail, None, "public.decisions_paperversion", str(row.pk))

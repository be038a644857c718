"""The legal grounds on which a paper keeps facts in Part 2."""

import re
from collections.abc import Iterator

from decisions.importers.doubts import Code, Doubts
from decisions.wording.sentences import sentences_of

_FOI = re.compile(r"\bfreedom of information\b|\bFOIA?\b", re.I)
_EXEMPT = re.compile(
    r"\bexempt(?!\w* (?:from|to) [^.]{0,40}\b(?:contract|tender|procure|compet|regulations|vat)\w*)"
    r"|\bnot suitable for\b.{0,40}\bpublication|\bwithh[eo]ld",
    re.I,
)
_RESTRICTED = re.compile(r"\brestricted\b|(?<!non[ -])\bconfidential\b|\bdisclos", re.I)
_PART_2 = re.compile(
    r"(?<!\bno )(?<!\bnot have a )\bpart (?:2|ii|two)\b|\brestricted (?:part|report|section|paper)",
    re.I,
)
_SECTION = r"[0-9]{2}[A-Z]?(?:\s?\([0-9]{1,2}\))?(?:\s?\([a-z]\))?"
_SECTIONS = re.compile(
    rf"\b(?:sections?|sec\.?|ss?\.?)\s?(?P<list>{_SECTION}"
    r"(?:(?:\s?,\s?|\s?/\s?|\s?&\s?|\s(?:and|or)\s)"
    rf"(?:sections?\s|s\.?\s?)?{_SECTION})*)(?!\d)"
    r"(?:\s+of\s+(?:the\s+)?(?P<act>[A-Z][\w ]{2,60}))?",
    re.I,
)
_ONE = re.compile(_SECTION)
_ORDER = re.compile(
    r"\bpara(?:graph|\.)?s?\s?(?P<para>[0-9]{1,2}(?:\s?\([0-9]{1,2}\))?(?:\s?\([a-z]\))?)"
    r"[^.]{0,120}?\bspecified information\b",
    re.I,
)


def exemptions_of(text: str, doubts: Doubts) -> tuple[str, ...]:
    """Grounds such as "FOIA 2000 s43(2)", in the order printed, each once."""
    found = dict.fromkeys(_grounds(text, doubts))
    if not found and (_PART_2.search(text) or _EXEMPT.search(text)):
        doubts.add(Code.EXEMPTION_GROUND_MISSING)
    return tuple(found)


def _grounds(text: str, doubts: Doubts) -> Iterator[str]:
    spans = list(sentences_of(text))
    sentences = [text[start:end] for start, end in spans]
    foi = [_FOI.search(sentence) is not None for sentence in sentences]
    for number, sentence in enumerate(sentences):
        near = any(foi[max(0, number - 1) : number + 2])
        if near or _EXEMPT.search(sentence) or _RESTRICTED.search(sentence):
            yield from _foi_sections(sentence, doubts, named=near)
        for match in _ORDER.finditer(sentence):
            para = re.sub(r"\s", "", match["para"])
            yield f"Specified Information Order 2011 para {para}"


def _foi_sections(sentence: str, doubts: Doubts, *, named: bool) -> Iterator[str]:
    """Sections 21 to 44 of the Act are its exemptions; sections of other Acts are passed over."""
    for match in _SECTIONS.finditer(sentence):
        act = match["act"] or ""
        if act and not _FOI.search(act) and re.search(r"\bact\b|\border\b", act, re.I):
            continue
        for one in _ONE.findall(match["list"]):
            ground = re.sub(r"\s", "", one)
            if 21 <= int(ground[:2]) <= 44:
                if not named:
                    doubts.add(Code.EXEMPTION_INFERRED, f"s{ground}")
                yield f"FOIA 2000 s{ground}"

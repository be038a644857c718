"""The kind of a recommendation, from its verb and, after "approve", from what is approved."""

import re

from decisions.imported_paper import ImportedKind as Kind
from decisions.importers.doubts import Code, Doubts

_WHO = r"dmpc|deputy mayor(?: for policing and crime)?|mayor|commissioner|mps|mopac|she|he|they|it"
_OPENING = re.compile(
    rf"^(?:(?:and|also|that|to|the|{_WHO}|formally|hereby|retrospective(?:ly)?|further|jointly)\b"
    r"[,\s]*)*",
    re.I,
)
_CONDITION = re.compile(
    r"^(?:subject to|following|in light of|in addition|on behalf of|if|once|conditional on)\b"
    r"[^,;.\n]{0,200},\s*(?:and\s+|to\s+)?",
    re.I,
)
_IN_PRINCIPLE = re.compile(r"\bin[ -]principle\b", re.I)


def _pattern(*words: str, start: str = "") -> re.Pattern[str]:
    return re.compile(f"{start}(?:{'|'.join(words)})", re.I)


_APPROVE = _pattern(
    r"(?:approv|agree|authoris|authoriz|endors|support|ratif|consent|confirm|sanction|permit)\w*",
    r"(?:allow|giv)\w*",
    r"grant(?:s|ing)? (?:approval|authority|consent)\b",
    start="^",
)
_VERBS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, _pattern(*words, start="^"))
    for kind, words in (
        (
            Kind.CARRY_FORWARD,
            (
                r"carr(?:y|ies|ying)\b.{0,60}?\b(?:forward|over)\b",
                r"carry-forward",
                r"roll(?:s|ing)? forward",
            ),
        ),
        (
            Kind.NOTE,
            (r"not(?:e|es|ing)\b", r"be aware", r"receive (?:the|this) (?:report|update)\b"),
        ),
        (Kind.DELEGATE, (r"delegat\w*",)),
        (Kind.ACCEPT, (r"(?:accept|receiv)\w*", r"receipt\b", r"take receipt")),
        (
            Kind.BID,
            (
                r"bid(?:s|ding)?\b",
                r"(?:submi|seek)\w*",
                r"appl(?:y|ies|ying)\b",
                r"sign off .{0,40}\bbids?\b",
            ),
        ),
        (
            Kind.AWARD,
            (
                r"(?:re-?)?award\w*",
                r"(?:allocat|distribut|appoint)\w*",
                r"(?:make|provide|pay|issue)s?\b.{0,60}?\bgrants?\b",
                r"grants?\b",
            ),
        ),
        (
            Kind.APPROVE_SPEND,
            (
                r"(?:spend|commit|financ|procur|purchas|invest|utilis|incur)\w*",
                r"(?:fund(?:s|ing)?|pay(?:s|ing)?)\b",
            ),
        ),
        (
            Kind.VARY,
            (
                r"var(?:y|ies|ying|iation)\b",
                r"(?:exten|amend|modif|increas|reduc|re-?allocat|vire|re-?profil|novat)\w*",
                r"(?:transfer|chang|revis)\w*",
            ),
        ),
        (Kind.DETERMINE, (r"(?:determin|decid|conclud|resolv)\w*",)),
    )
)
"""A recommendation that opens with one of these words is of that kind."""

_OBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, _pattern(*words, start=r"\b"))
    for kind, words in (
        (
            Kind.CARRY_FORWARD,
            (
                r"carr(?:y|ied|ying)[ -](?:forward|over)\b",
                r"carry\b.{0,60}?\bforward\b",
                r"roll(?:ed|ing)?[ -]forward\b",
            ),
        ),
        (Kind.DELEGATE, (r"delegat(?:e|es|ion|ing)\b",)),
        (
            Kind.ACCEPT,
            (r"accept(?:s|ing|ance)?\b", r"to receive\b", r"receipt\b", r"receiving\b"),
        ),
        (
            Kind.BID,
            (
                r"bids?\b(?! (?:funding|funds|monies|money|allocation))",
                r"bidding\b",
                r"applications? (?:to|for)\b",
                r"appl(?:y|ying) for\b",
                r"funding sought\b",
            ),
        ),
        (
            Kind.AWARD,
            (
                r"(?<!pay )(?:re-?)?award(?:s|ing)?\b(?! (?:letter|agreement|from))",
                r"be awarded\b(?! (?:by|from))",
                r"(?:making|payment|provision|issu\w+|giving) (?:of )?(?:\w+ ){0,3}grants?\b",
                r"grants? (?:of|to)\b",
                r"allocat(?:e|es|ion|ions|ing) (?:of|to|up|£)",
                r"onward\b",
                r"appoint(?:ment|ing)?\b",
            ),
        ),
        (
            Kind.VARY,
            (
                r"var(?:y|iations?|ying)\b",
                r"(?:exten[ds]|re-?allocat|novat|modif|amend|re-?profil)\w*",
                r"increas(?:e|ing)\b",
                r"(?:uplift|virements?|transfer)\b",
                r"changes? to\b",
            ),
        ),
        (Kind.APPROVE, (r"(?:disposals?|sales?) (?:of|by|at|for)\b", r"(?:disposing|selling)\b")),
        (
            Kind.APPROVE_SPEND,
            (
                r"(?:spend(?:ing)?|expenditure|purchas(?:e|ing)|invest(?:ment)?|procure(?:ment)?)\b",
                r"commit(?:ment)? (?:of )?(?:up to )?£",
                r"(?:costs?|funding|budget) of\b",
            ),
        ),
    )
)
"""After "approve": the earliest of these words decides."""

_START_OF_PROCUREMENT = re.compile(
    r"\b(?:initiat\w*|commenc\w*|start\w*|launch\w*|begin\w*)\b.{0,40}?\b(?:procurement|tender)",
    re.I,
)
_DELEGATED_SIGNING = re.compile(
    r"^(?:authoris|giv|grant)\w*\b.{0,120}?"
    r"\b(?:(?:delegated )?authority to|to (?:sign|enter|agree|approve|finalise))",
    re.I,
)
_SECOND_ACT = re.compile(
    r"(?:\band|,|;)\s+(?:then |also |further |to |further to )*"
    r"(?P<verb>accept|approve|award|bid|delegate|determine|note|vary|carry forward)\b",
    re.I,
)
_FIRST_SENTENCE = re.compile(r"[.;:](?=\s+[A-Z•])|\n")


def kind_of(
    text: str, inherited: str, about: str, doubts: Doubts, *, has_money: bool = False
) -> Kind:
    """The kind, by the first verb; `inherited` is the verb of the lead-in or parent, if any.

    An unknown verb gives `other` with a warning.
    """
    act = _FIRST_SENTENCE.split(text, maxsplit=1)[0][:1500]
    act = _opened(act)
    kind = _by_verb(act, has_money=has_money)
    if kind is None and inherited:
        kind = _by_verb(f"{inherited} {act}", has_money=has_money)
    if kind is None:
        doubts.add(Code.KIND_UNSURE, about)
        return Kind.OTHER
    _note_second_act(act, kind, about, doubts)
    return kind


def _opened(text: str) -> str:
    """The words from the verb on: without "that the DMPC", or a condition before a known verb."""
    act = _OPENING.sub("", text, count=1)
    later = _OPENING.sub("", _CONDITION.sub("", act, count=1), count=1)
    return later if _APPROVE.match(later) or _known_verb(later) else act


def act_of(text: str) -> str:
    """The verb that a lead-in or parent leaves to the lines under it, or an empty string."""
    opening = " ".join(_OPENING.sub("", text, count=1).strip(" :;.").split()[:3])
    return opening if _APPROVE.match(opening) or _known_verb(opening) else ""


def starts_with_verb(text: str) -> bool:
    """Whether a line reads like a recommendation of its own."""
    act = _opened(text[:250])
    return _APPROVE.match(act) is not None or _known_verb(act) is not None


def _known_verb(act: str) -> Kind | None:
    return next((kind for kind, verb in _VERBS if verb.match(act)), None)


def _by_verb(act: str, *, has_money: bool) -> Kind | None:
    if _IN_PRINCIPLE.search(act[:80]) and (_APPROVE.match(act) or act.lower().startswith("in")):
        return Kind.APPROVE_IN_PRINCIPLE
    if _DELEGATED_SIGNING.match(act):
        return Kind.DELEGATE
    if _APPROVE.match(act) is None:
        return _known_verb(act)
    return _by_object(act, has_money=has_money)


def _by_object(act: str, *, has_money: bool) -> Kind:
    """What is approved: the earliest known word decides."""
    if _START_OF_PROCUREMENT.search(act):
        return Kind.APPROVE
    places = [(match.start(), kind) for kind, pattern in _OBJECTS if (match := pattern.search(act))]
    if places:
        return min(places)[1]
    return Kind.APPROVE_SPEND if has_money else Kind.APPROVE


def _note_second_act(act: str, kind: Kind, about: str, doubts: Doubts) -> None:
    for match in _SECOND_ACT.finditer(act):
        second = _by_verb(act[match.start("verb") :], has_money=False)
        if second not in {None, kind, Kind.APPROVE}:
            doubts.add(Code.KIND_MIXED, f"{about}: also “{match['verb'].lower()}”")
            return

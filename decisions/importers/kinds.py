"""The kind of a recommendation, from its verb and, after "approve", from what is approved."""

import re

from decisions.imported_paper import ImportedKind as Kind
from decisions.importers.doubts import Code, Doubts

_OPENING = re.compile(
    r"^(?:(?:and|also|that|to|the|she|he|they|it|dmpc|deputy mayor(?: for policing and crime)?|formally"
    r"|hereby|retrospectively|further|jointly)\b[,\s]*)*",
    re.I,
)
_IN_PRINCIPLE = re.compile(r"\bin[ -]principle\b", re.I)
_APPROVE = re.compile(
    r"^(?:approv\w*|agree\w*|authoris\w*|authoriz\w*|endors\w*|support\w*|ratif\w*|consent\w*"
    r"|confirm\w*|sanction\w*|permit\w*|allow\w*|give\w*|grant(?:s|ing)? (?:approval|authority|consent))\b",
    re.I,
)
_VERBS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:{pattern})", re.I))
    for kind, pattern in (
        (Kind.CARRY_FORWARD, r"carr(?:y|ies|ying)\b.{0,60}?\b(?:forward|over)\b|carry-forward|roll(?:s|ing)? forward"),
        (Kind.NOTE, r"not(?:e|es|ing)\b|be aware|receive (?:the|this) (?:report|update|paper)\b"),
        (Kind.DELEGATE, r"delegat\w*"),
        (Kind.ACCEPT, r"accept\w*|receiv\w*|receipt\b|take receipt"),
        (Kind.BID, r"bid(?:s|ding)?\b|submit\w*|appl(?:y|ies|ying)\b|submission\b|seek\w*|sign off .{0,40}\bbids?\b"),
        (Kind.AWARD, r"award\w*|allocat\w*|(?:make|provide|pay|issue)s?\b.{0,60}?\bgrants?\b|grants?\b|distribut\w*|appoint\w*|re-?award\w*"),
        (Kind.APPROVE_SPEND, r"spend\w*|commit\w*|fund(?:s|ing)?\b|financ\w*|procur\w*|purchas\w*|pay(?:s|ing)?\b|invest\w*|utilis\w*|incur\w*"),
        (Kind.VARY, r"var(?:y|ies|ying|iation)\b|extend\w*|amend\w*|modif\w*|increas\w*|reduc\w*|reallocat\w*|re-allocat\w*|vire\w*|re-?profil\w*|novat\w*|transfer\w*|chang\w*|revis\w*"),
        (Kind.DETERMINE, r"determin\w*|decid\w*|conclud\w*|resolv\w*"),
    )
)  # fmt: skip
_OBJECTS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (Kind.CARRY_FORWARD, r"\bcarr(?:y|ied|ying)[ -](?:forward|over)\b|\bcarry\b.{0,60}?\bforward\b|\broll(?:ed|ing)?[ -]forward\b"),
        (Kind.DELEGATE, r"\bdelegat(?:e|es|ion|ing)\b"),
        (Kind.ACCEPT, r"\b(?:to|and) (?:accept|receive)\b|\baccept(?:s|ing|ance)\b|\breceipt\b|\breceiv(?:e|es|ing)\b"),
        (Kind.BID, r"\bbids?\b(?! (?:funding|funds|monies|money|allocation))|\bbidding\b|\b(?:grant |funding )?applications? (?:to|for)\b|\bappl(?:y|ying) for\b|\bfunding sought\b"),
        (Kind.AWARD, r"\b(?:re-?)?award(?:s|ing)?\b(?! (?:letter|agreement|from))|\b(?:making|payment|provision|issu\w+|giving) (?:of )?(?:\w+ ){0,3}grants?\b|\b(?:a|\d+) grants?\b(?= (?:of|to))|\ballocat(?:e|es|ion|ions|ing)\b(?= (?:of|to|£|up))|\bonward\b|\bappoint(?:ment|ing)?\b|\bgrants? to\b"),
        (Kind.VARY, r"\bvar(?:y|iations?|ying)\b|\bexten(?:d|sion|ding)\b|\bincreas(?:e|ing)\b|\buplift\b|\breallocat\w*|\bre-allocat\w*|\bvirements?\b|\bnovat\w*|\bmodif\w*|\bamend\w*|\bre-?profil\w*|\bchanges? to\b|\btransfer\b"),
        (Kind.APPROVE_SPEND, r"\b(?:spend(?:ing)?|expenditure|purchas(?:e|ing)|commit(?:ment)? (?:of )?(?:up to )?£|invest(?:ment)?)\b|\bcosts? of\b|\bfunding of\b|\bbudget of\b|\bprocure(?:ment)?\b"),
    )
)  # fmt: skip
_START_OF_PROCUREMENT = re.compile(
    r"\b(?:initiat\w*|commenc\w*|start\w*|launch\w*|begin\w*)\b.{0,40}?\b(?:procurement|tender)",
    re.I,
)
_DELEGATED_SIGNING = re.compile(
    r"^(?:authoris\w*|giv\w*|grant\w*)\b.{0,120}?\b(?:(?:delegated )?authority to|to (?:sign|enter|agree|approve|finalise))",
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
    act = act[_OPENING.match(act).end() :] if _OPENING.match(act) else act  # type: ignore[union-attr]
    kind = _by_verb(act, has_money=has_money)
    if kind is None and inherited:
        kind = _by_verb(f"{inherited} {act}", has_money=has_money)
    if kind is None:
        doubts.add(Code.KIND_UNSURE, about)
        return Kind.OTHER
    _note_second_act(act, kind, about, doubts)
    return kind


def act_of(text: str) -> str:
    """The verb that a lead-in or parent leaves to the lines under it, or an empty string."""
    words = text.strip(" :;.").split()
    opening = " ".join(words[:3])
    return opening if _APPROVE.match(opening) or _known_verb(opening) else ""


def starts_with_verb(text: str) -> bool:
    """Whether a line reads like a recommendation of its own."""
    act = text[:200]
    match = _OPENING.match(act)
    act = act[match.end() :] if match else act
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

"""The headings, labels and lead-in lines by which a decision page is known."""

import re
from enum import StrEnum

HEADING_LENGTH = 150
"""A heading is never longer than this."""


class Zone(StrEnum):
    """A part of the page, named by what stands in it."""

    PREAMBLE = "preamble"
    KEY = "key information"
    SUMMARY = "executive summary"
    RECOMMENDATIONS = "recommendations"
    PART_1 = "part 1"
    PART_2 = "part 2"
    END = "end"


_NUMBERED = r"(?:\d{1,2}[.)]?\s+|[A-Z][.)]\s+)?"
_REST = r"\s*(?:[:–—-]\s*(?P<rest>.*))?$"
_ZONES: tuple[tuple[Zone, re.Pattern[str]], ...] = tuple(
    (zone, re.compile(pattern, re.I))
    for zone, pattern in (
        (Zone.KEY, r"^key information\s*:?$"),
        (Zone.SUMMARY, rf"^{_NUMBERED}(?:executive\s+summary|summary){_REST}"),
        (
            Zone.RECOMMENDATIONS,
            rf"^{_NUMBERED}(?:(?:proposed |recommended )?(?:recommendation|decision)(?:s|\(s\))?"
            rf"(?: (?:required|requested|sought))?){_REST}",
        ),
        (
            Zone.PART_1,
            r"^(?:part\s*(?:1|i|one)\b\s*[:.–—-]*\s*(?:\(?non[ -]?confidential.*)?"
            r"|\(?non[ -]?confidential facts.*)$",
        ),
        (
            Zone.PART_2,
            r"^part\s*(?:2|ii|two)\b\s*[:.–—-]*\s*(?:\(?(?:confidential|restricted|exempt|private).*)?$",
        ),
        (
            Zone.END,
            r"^(?:signed decision(?: document| form| paper)?|decision document|share this page"
            r"|related (?:documents|content|decisions|pages)|need a document on this page.*"
            r"|originating officer declaration.*|public access to information.*)\s*:?$",
        ),
    )
)

_CHROME = re.compile(
    r"^(?:request for (?:dmpc )?decision|skip to (?:main )?content"
    r"|mayor of london(?: logo)?(?: london assembly(?: logo)?)?|london assembly(?: logo)?"
    r"|home|menu|search|back to top|print(?: this)?(?: page)?|share(?: this)?(?: page)?"
    r"|(?:we|this (?:web ?)?site) uses? cookies.*|(?:accept|reject|manage)(?: all)? cookies"
    r"|cookie (?:settings|policy)|you are here.*|breadcrumb|close|subscribe|sign in"
    r"|(?:the )?mayor[’']?s office for policing and crime(?: \(mopac\))?"
    r"|governance and decision[ -]making|(?:search )?(?:mopac|dmpc|mayoral) decisions?"
    r"|if you use assistive technology.*"
    r"|page type:.*|decision type:.*|please (?:see|refer to) (?:the )?pdf .*|signed decision.*)$",
    re.I,
)

_SIGNING_BOX = re.compile(
    r"^(?:(?:the )?deputy mayor for policing and crime(?: \(dmpc\))?$"
    r"|(?:the )?above request has my approval"
    r"|i (?:can )?confirm (?:that )?i have considered whether)",
    re.I,
)

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "reference",
        r"(?:pcd )?ref(?:erence)?(?: code| number| no\.?)?"
        r"|decision (?:reference|number)(?: number)?",
    ),
    (
        "date_signed",
        r"date signed|signed(?: on| date)?|date of (?:decision|signature)|date decided",
    ),
    ("date_published", r"date published|published(?: on)?|publication date|date of publication"),
    (
        "decided_by",
        r"decision (?:by|maker|taken by)|decided by|authoris(?:ation name|ed by)|approved by",
    ),
    ("title", r"(?:decision )?title"),
    ("other", r"decision type|page type|status|protective marking|lead officer"),
    ("date", r"date"),
)
_LABEL = re.compile(
    r"^(?:[•*–-]\s*)?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS)
    + r")\s*(?:$|[:–—]\s*(?P<value>.*)$|-\s+(?P<dashed>.*)$)",
    re.I,
)

_WHO = (
    r"(?:the\s+)?(?:deputy mayor(?: for policing and crime)?(?: \(dmpc\))?|dmpc"
    r"|mayor(?: of london)?|chief executive(?: officer)?(?: of mopac)?(?: \(ceo\))?|ceo"
    r"|(?:police (?:and|&) crime )?commissioner|pcc|chief finance officer|cfo)"
)
_ASKED = (
    r"(?:is|are|be)\s+(?:hereby\s+|therefore\s+|now\s+)?(?:asked|requested|recommended|invited)"
    r"(?:\s+(?:to|that)\b|\b[^.:;]{0,80}?\s(?:to|that)\b|\s*(?=[:;]?\s*$))"
)
_LEAD_IN = re.compile(
    rf"^(?P<lead>(?:that\s+)?{_WHO}(?:\s+{_ASKED}|\s+to\b|\s*(?=[:;]\s*$))"
    rf"|it is (?:therefore )?recommended that\b(?:\s+{_WHO}\b)?|that\s+{_WHO}\b)"
    r"\s*(?P<rest>.*)$",
    re.I,
)
_LEAD_IN_LINE = re.compile(
    rf"^(?P<lead>[A-Z][\w’'&(), -]{{1,80}}?\s{_ASKED}"
    r"|(?:[\w’' -]{1,60}\s)?approval is (?:therefore )?(?:sought|requested|required)\b[^.:;]{0,80})"
    r"(?P<rest>\s*[:;]?)$",
    re.I,
)

_SECTION_WORDS = (
    "introduction|background|issues|financial|finance|legal|commercial|gdpr|data |privacy|equalit"
    "|diversity|risk|consultation|supporting papers|procurement|human resources|sustainab"
    "|environment|contribut|public health|health and safety|options|next steps|conclusion"
    "|evidence|timetable|police and crime plan|responsible procurement|safeguarding"
    "|social value|value for money|real estate|property|outcomes|objectives|impact"
    "|crime and disorder|human rights|communication"
)
_SECTION_START = re.compile(rf"^(?:{_SECTION_WORDS})", re.I)
_SECTION_ALONE = re.compile(
    r"^(?:introduction(?: and background)?|background(?: and introduction| and context)?"
    r"|issues(?: for consideration)?|(?:financial|finance|legal|commercial|equality|equalities"
    r"|risk|gdpr|data protection|equality and diversity|financial and commercial|procurement"
    r"|diversity)(?: (?:and commercial|and diversity|and data privacy|and procurement))?"
    r"(?: (?:comments?|implications?|issues|considerations?|advice))?"
    r"|gdpr(?: and data privacy| and privacy)?|data (?:protection|privacy)"
    r"|background\s*/\s*supporting papers|(?:background|supporting) papers"
    rf"|(?:{_SECTION_WORDS})[\w ,/&()’'-]{{0,60}}? (?:comments|implications)"
    r"|contribution to the (?:mopac )?police (?:and|&) crime plan"
    r"(?: 20[0-9]{2}\s?[-–/]\s?[0-9]{2,4})?)$",
    re.I,
)


def zone_of(text: str) -> tuple[Zone, str] | None:
    """The zone that a heading line opens, and what follows on the same line."""
    for zone, pattern in _ZONES:
        match = pattern.match(text)
        if match is None:
            continue
        start = match.start("rest") if "rest" in pattern.groupindex else -1
        if (len(text) if start < 0 else start) <= HEADING_LENGTH:
            return zone, text[start:] if start >= 0 else ""
    return None


def is_chrome(text: str) -> bool:
    """Whether a line belongs to the web site, not to the decision."""
    return len(text) <= HEADING_LENGTH and _CHROME.match(text) is not None


def opens_signing_box(text: str) -> bool:
    """Whether a line after the recommendations opens the decision maker's own words."""
    return _SIGNING_BOX.match(text) is not None


def label_of(text: str) -> tuple[str, str] | None:
    """The key-information label on a line and the value behind it, if any."""
    match = _LABEL.match(text) if len(text) <= HEADING_LENGTH * 2 else None
    if match is None:
        return None
    name = next(name for name, _ in _LABELS if match[name] is not None)
    return name, (match["value"] or match["dashed"] or "").strip()


def lead_in_of(text: str) -> tuple[str, str] | None:
    """A line that asks the decision maker: the asking words, and what follows them."""
    match = _LEAD_IN.match(text) or _LEAD_IN_LINE.match(text[: HEADING_LENGTH * 2])
    if match is None:
        return None
    lead = match["lead"].rstrip()
    return lead, text[match.end("lead") :].strip()


def is_section_heading(text: str) -> bool:
    """Whether a numbered line reads like the heading of a usual section."""
    plain = text.rstrip(" :.")
    return len(plain.split()) <= 12 and _SECTION_START.match(plain) is not None


def is_bare_section_heading(text: str) -> bool:
    """Whether a line without number is exactly the heading of a usual section."""
    return len(text) <= HEADING_LENGTH and _SECTION_ALONE.match(text.rstrip(" :.")) is not None

"""Documents of every shape that the words of a paper can take."""

from dataclasses import replace
from datetime import date

from decisions.documents.content import RESTRICTED, DocumentContent, Outcome
from tests.documents.papers import acts, content, paper, pounds, recommendation, sections

HOSTILE = (
    '<script>alert(1)</script> <img src="file:///etc/passwd"> {{ settings }} </p></body> '
    + "a" * 400
    + " שלום مرحبا 😀 e\u0301 \u202egnp.exe \x00\x07 \u200b\u00ad line\u2028break ☐ ☑ £1"
)


def ordinary() -> DocumentContent:
    """The shape of PCD 726."""
    return content()


def untitled() -> DocumentContent:
    """No title, no sections, no advice, bullets as recommendations: the shape of PCD 386."""
    value = paper(
        title="",
        asked="",
        sections=[],
        exemptions=[],
        supporting_papers=[],
        consultations=[],
        links=[],
        publication={},
    )
    return content(value, declarations=(), is_demonstration=False)


def mixed() -> DocumentContent:
    """Amended, rejected, deferred and noted outcomes, nested numbers, publication deferred."""
    value = paper(
        recommendations=[
            recommendation("1", "accept", "accept a grant", "900000.00|£0.9 million|up"),
            recommendation("2", "approve", "approve both of the following"),
            recommendation("2a", "award", "award a grant", "400000.00|£400,000", parent="2"),
            recommendation("2b", "note", "note the risk", parent="2"),
            recommendation("3", "bid", "bid for more", "12500.50|£12,500.50"),
        ],
        publication={"deferred": True, "until": "2020-02-01", "reason": "A police operation."},
    )
    base = content(value, acts=acts("approved_as_amended"))
    outcomes = (
        Outcome("1", "approved_as_amended", "Less than asked.", (pounds("850000.00"),)),
        Outcome("2", "approved"),
        Outcome("2a", "rejected", "No need is shown."),
        Outcome("2b", "noted"),
        Outcome("3", "deferred", "After the board has met.", until=date(2020, 1, 15)),
    )
    return replace(base, outcomes=outcomes, supersedes=1, number=2)


def hostile() -> DocumentContent:
    """Words that try to be markup, to overflow, to turn round and to have no letter at all."""
    texts = {HOSTILE[:120]: [HOSTILE, HOSTILE]}
    value = paper(title=HOSTILE[:200], executive_summary=HOSTILE, sections=sections(texts))
    return content(value)


def long() -> DocumentContent:
    """A paper of some eighteen pages."""
    text = "The service will say each quarter what was spent and what came of it. " * 6
    texts = {f"Matter {n}": [f"{n}: {text}" for _ in range(8)] for n in range(1, 15)}
    return content(paper(sections=sections(texts)))


def laid() -> DocumentContent:
    """A paper with a list and a table among its paragraphs, neither with a number."""
    value = sections(
        {
            "Money": [
                "The costs are:",
                "Year\tSum\n2019/20\t£300,000",
                "a quay\n- a crane\n- a winch\na shed",
                "3. a pilot\n- (a) a launch\n- (b) a buoy\n- a chart\n4. a clerk",
            ]
        }
    )
    for paragraph, form in zip(value[0]["paragraphs"][1:], ("table", "list", "list"), strict=True):
        paragraph |= {"number": "", "form": form}
    return content(paper(sections=value))


def restricted() -> DocumentContent:
    """Part 1 and Part 2 of one paper."""
    return content(with_part_2(), parts=RESTRICTED)


def with_part_2() -> dict[str, object]:
    """A paper with a restricted recommendation, section and paragraph, each with SECRET in it."""
    value = paper()
    hidden = recommendation("4", "award", "award to SECRET Ltd", "570000.00|£570,000", part=2)
    mixed_section = sections({"Money": ["Open words.", "SECRET prices."]})[0]
    mixed_section["paragraphs"][1] |= {"part": 2, "exemption": "FOIA 2000 s43(2)"}
    closed = sections({"SECRET annex": ["SECRET suppliers."]}, part=2)
    value["recommendations"] = [*value["recommendations"], hidden]
    value["sections"] = [mixed_section, *closed]
    return value


SHAPES = (ordinary, untitled, mixed, hostile, long, laid, restricted)

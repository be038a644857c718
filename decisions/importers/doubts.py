"""What the reader could not find or is not sure of: stable codes, collected while reading."""

from collections.abc import Iterable
from enum import StrEnum

from decisions.imported_paper import PaperWarning


class Code(StrEnum):
    """Warning codes. A code never changes its meaning and is never used again for another."""

    REFERENCE_MISSING = "reference-missing"
    REFERENCE_CONFLICT = "reference-conflict"
    TITLE_MISSING = "title-missing"
    TITLE_DOUBTFUL = "title-doubtful"
    DATE_SIGNED_MISSING = "date-signed-missing"
    DATE_PUBLISHED_MISSING = "date-published-missing"
    DATE_UNREADABLE = "date-unreadable"
    DATE_UNLABELLED = "date-unlabelled"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    DECIDED_BY_MISSING = "decided-by-missing"
    SUMMARY_MISSING = "summary-missing"
    SUMMARY_UNHEADED = "summary-unheaded"
    RECOMMENDATIONS_MISSING = "recommendations-missing"
    RECOMMENDATIONS_UNHEADED = "recommendations-unheaded"
    ASKED_MISSING = "asked-missing"
    ASKED_REPEATED = "asked-repeated"
    NUMBERS_ASSIGNED = "numbers-assigned"
    NUMBERS_REPEATED = "numbers-repeated"
    NUMBERS_OUT_OF_ORDER = "numbers-out-of-order"
    PARENT_MISSING = "parent-missing"
    LOOSE_LINE = "loose-line"
    KIND_UNSURE = "kind-unsure"
    KIND_MIXED = "kind-mixed"
    AMOUNT_UNCLEAR = "amount-unclear"
    AMOUNT_RANGE = "amount-range"
    AMOUNT_RATE = "amount-rate"
    AMOUNT_RECKONED = "amount-reckoned"
    AMOUNT_MISSING = "amount-missing"
    SUMS_BY_YEAR = "sums-by-year"
    SUM_LEFT_OUT = "sum-left-out"
    SUM_DOUBTFUL = "sum-doubtful"
    COMPONENT_SUM = "component-sum"
    SUMS_DISAGREE = "sums-disagree"
    FUNDED_FROM_UNKNOWN = "funded-from-unknown"
    FUNDED_FROM_INFERRED = "funded-from-inferred"
    PERIOD_FROM_FINANCIAL_YEAR = "period-from-financial-year"
    PERIOD_INFERRED = "period-inferred"
    PERIOD_OPEN = "period-open"
    PERIOD_BACKWARDS = "period-backwards"
    PERIODS_SEVERAL = "periods-several"
    PART_1_MISSING = "part-1-missing"
    PART_1_UNHEADED = "part-1-unheaded"
    PART_2_LEFT_OUT = "part-2-left-out"
    SECTION_MISSING = "section-missing"
    SECTION_UNHEADED = "section-unheaded"
    SECTION_NUMBERS_ASSIGNED = "section-numbers-assigned"
    SECTIONS_OUT_OF_ORDER = "sections-out-of-order"
    PARAGRAPH_NUMBERS_ASSIGNED = "paragraph-numbers-assigned"
    EXEMPTION_GROUND_MISSING = "exemption-ground-missing"
    EXEMPTION_INFERRED = "exemption-inferred"
    TEXT_NOT_USED = "text-not-used"
    MARKUP_REMOVED = "markup-removed"
    INVISIBLE_REMOVED = "invisible-removed"
    LINES_JOINED = "lines-joined"
    ENCODING_GUESSED = "encoding-guessed"
    NOTHING_RECOGNISED = "nothing-recognised"


MEANINGS: dict[Code, str] = {
    Code.REFERENCE_MISSING: "The page prints no reference such as PCD 726.",
    Code.REFERENCE_CONFLICT: "The page prints two different references for itself.",
    Code.TITLE_MISSING: "The page prints no title.",
    Code.TITLE_DOUBTFUL: "Several lines could be the title; the first was taken.",
    Code.DATE_SIGNED_MISSING: "The page does not say when the decision was signed.",
    Code.DATE_PUBLISHED_MISSING: "The page does not say when the decision was published.",
    Code.DATE_UNREADABLE: "A date is printed but could not be read.",
    Code.DATE_UNLABELLED: "A date is printed without saying what happened on it; it was not taken.",
    Code.DATES_OUT_OF_ORDER: "The date of publication is before the date of signature.",
    Code.DECIDED_BY_MISSING: "The page does not say who decided.",
    Code.SUMMARY_MISSING: "No executive summary was found.",
    Code.SUMMARY_UNHEADED: "The text before the recommendations was taken as the summary.",
    Code.RECOMMENDATIONS_MISSING: "No recommendation was found.",
    Code.RECOMMENDATIONS_UNHEADED: "The recommendations stand without a heading of their own.",
    Code.ASKED_MISSING: "No lead-in line stands before the recommendations.",
    Code.ASKED_REPEATED: "A second lead-in line stands among the recommendations.",
    Code.NUMBERS_ASSIGNED: "Recommendations that carry no number were numbered in order.",
    Code.NUMBERS_REPEATED: "Printed numbers repeat; recommendations were numbered in order.",
    Code.NUMBERS_OUT_OF_ORDER: "Printed numbers of recommendations leave a gap or go back.",
    Code.PARENT_MISSING: "A nested recommendation names a parent that is not there.",
    Code.LOOSE_LINE: "A line without a number was added to the recommendation before it.",
    Code.KIND_UNSURE: "The verb of a recommendation is not known; its kind was set to other.",
    Code.KIND_MIXED: "A recommendation does more than one thing; the first was taken as its kind.",
    Code.AMOUNT_UNCLEAR: "A sum is printed in a way that can be read in two ways, or not at all.",
    Code.AMOUNT_RANGE: "A range of sums is printed; its upper end was taken as a ceiling.",
    Code.AMOUNT_RATE: "A sum is a rate (per year, each); no total was worked out.",
    Code.AMOUNT_RECKONED: "The sum of several years was worked out from a sum by the year.",
    Code.AMOUNT_MISSING: "A recommendation to accept, award or spend names no sum.",
    Code.SUMS_BY_YEAR: "Sums of several years were listed without saying which year is whose.",
    Code.SUM_LEFT_OUT: "A sum in a recommendation was taken as context, not as decided.",
    Code.SUM_DOUBTFUL: "A sum in an explaining sentence was listed as decided.",
    Code.COMPONENT_SUM: "A sum is part of another one and was not listed as decided again.",
    Code.SUMS_DISAGREE: "A sum elsewhere in the paper is close to a decided sum, but not equal.",
    Code.FUNDED_FROM_UNKNOWN: "The recommendation that money comes from could not be found.",
    Code.FUNDED_FROM_INFERRED: "The source was found by its sum, not by its number.",
    Code.PERIOD_FROM_FINANCIAL_YEAR: "The period was taken from a financial year (April to March).",
    Code.PERIOD_INFERRED: "Part of the period (a day or a year) was worked out.",
    Code.PERIOD_OPEN: "Only one end of the period is printed.",
    Code.PERIOD_BACKWARDS: "A period ends before it starts; it was not taken.",
    Code.PERIODS_SEVERAL: "A recommendation names several periods; the first was taken.",
    Code.PART_1_MISSING: "No numbered sections (Part 1) were found.",
    Code.PART_1_UNHEADED: "Part 1 starts without its heading.",
    Code.PART_2_LEFT_OUT: "Text headed Part 2 was left out: check whether it may be public.",
    Code.SECTION_MISSING: "A usual section (financial, legal, equality) was not found.",
    Code.SECTION_UNHEADED: "A section has numbered paragraphs but no heading.",
    Code.SECTION_NUMBERS_ASSIGNED: "Sections carry no usable numbers; they were numbered in order.",
    Code.SECTIONS_OUT_OF_ORDER: "Section numbers leave a gap or go back.",
    Code.PARAGRAPH_NUMBERS_ASSIGNED: "Paragraphs carry no numbers; they were numbered in order.",
    Code.EXEMPTION_GROUND_MISSING: "A Part 2 is named, but not the legal ground of exemption.",
    Code.EXEMPTION_INFERRED: "An exemption names a section but not its Act; FOIA 2000 was taken.",
    Code.TEXT_NOT_USED: "Lines were found that belong to no known part of a paper.",
    Code.MARKUP_REMOVED: "Tags or formatting marks were removed from the text.",
    Code.INVISIBLE_REMOVED: "An invisible character that turns text round was removed.",
    Code.LINES_JOINED: "The text is broken into short lines; they were joined.",
    Code.ENCODING_GUESSED: "The file is not UTF-8; it was read as Windows-1252.",
    Code.NOTHING_RECOGNISED: "The text does not read like a decision page.",
}


class Doubts:
    """Collects warnings in reading order; the same warning is kept once."""

    def __init__(self) -> None:
        self._seen: dict[PaperWarning, None] = {}

    def add(self, code: Code, detail: str = "") -> None:
        """Note a doubt: its plain meaning, then what it is about."""
        message = f"{MEANINGS[code]} {detail}".strip()
        self._seen.setdefault(PaperWarning(code.value, message))

    def all(self) -> tuple[PaperWarning, ...]:
        """Every warning, in the order met."""
        return tuple(self._seen)


OF_THE_DECIDED = {
    Code.REFERENCE_MISSING,
    Code.DATE_SIGNED_MISSING,
    Code.DATE_PUBLISHED_MISSING,
    Code.DATE_UNLABELLED,
    Code.DECIDED_BY_MISSING,
}
"""What only a decided paper has: a draft lacks nothing of it."""


def one_by_code(warnings: Iterable[PaperWarning], *, is_draft: bool) -> list[PaperWarning]:
    """Return the warnings to show: one of each code, with all that it is about."""
    details: dict[Code, list[str]] = {}
    for each in warnings:
        code = Code(each.code)
        if not (is_draft and code in OF_THE_DECIDED):
            about = each.message.removeprefix(MEANINGS[code]).strip()
            details.setdefault(code, []).extend([about] if about else [])
    return [
        PaperWarning(code.value, f"{MEANINGS[code]} {'; '.join(about)}".strip())
        for code, about in details.items()
    ]

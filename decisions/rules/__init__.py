"""The rules that a paper and a decision hold to.

`paper`, `sources`, `sums_in_words`, `shares`, `names` and `templates` are looked through before a
paper goes on (`findings`, `answers`); `signing` holds from then on, and `afterwards` for what
follows the signature.
"""

from decisions.models.sums import asked, sum_decided
from decisions.rules import links, names, paper, shares, sources, sums_in_words, templates
from decisions.rules.afterwards import (
    is_decided_already,
    is_met_in_its_time,
    is_only_one,
    keeps_cells,
    keeps_quantities,
    keeps_sense,
    names_all_it_releases,
    names_its_authority,
    puts_slips_right,
    releases_something,
    replaces_words,
    stands_as_proposed,
    was_signed_before,
)
from decisions.rules.answers import Looked, look
from decisions.rules.book import BOOK, RULES, When, hold, rule
from decisions.rules.facts import Facts, facts_of
from decisions.rules.findings import FINDERS, Finding, findings
from decisions.rules.interests import (
    has_no_prejudicial_interest,
    has_not_stood_aside,
    records_interests,
    says_what_interest,
)
from decisions.rules.series import endorses_apart, has_stage
from decisions.rules.shares import adds_up, years_outside
from decisions.rules.signing import (
    Amended,
    Fault,
    authority_for,
    check_outcomes,
    defers_ahead,
    divides_what_is_decided,
    faults_in,
    faults_of_each,
    gives_no_more_than_decided,
    gives_reason,
    has_current_advice,
    is_apart,
    is_as_confirmed,
    is_as_shown,
    taken_by,
    takes_part_2,
    together,
)
from decisions.rules.slips import Manner
from decisions.rules.sources import hold_no_ring, makes_ring

__all__ = [
    "BOOK",
    "FINDERS",
    "RULES",
    "Amended",
    "Facts",
    "Fault",
    "Finding",
    "Looked",
    "Manner",
    "When",
    "adds_up",
    "asked",
    "authority_for",
    "check_outcomes",
    "defers_ahead",
    "divides_what_is_decided",
    "endorses_apart",
    "facts_of",
    "faults_in",
    "faults_of_each",
    "findings",
    "gives_no_more_than_decided",
    "gives_reason",
    "has_current_advice",
    "has_no_prejudicial_interest",
    "has_not_stood_aside",
    "has_stage",
    "hold",
    "hold_no_ring",
    "is_apart",
    "is_as_confirmed",
    "is_as_shown",
    "is_decided_already",
    "is_met_in_its_time",
    "is_only_one",
    "keeps_cells",
    "keeps_quantities",
    "keeps_sense",
    "links",
    "look",
    "makes_ring",
    "names",
    "names_all_it_releases",
    "names_its_authority",
    "paper",
    "puts_slips_right",
    "records_interests",
    "releases_something",
    "replaces_words",
    "rule",
    "says_what_interest",
    "shares",
    "sources",
    "stands_as_proposed",
    "sum_decided",
    "sums_in_words",
    "taken_by",
    "takes_part_2",
    "templates",
    "together",
    "was_signed_before",
    "years_outside",
]

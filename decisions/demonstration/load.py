"""The story of the demonstration, in the order in which it happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.demonstration import create_people
from audit import clock, register
from audit.acts import SYSTEM
from decisions import actions
from decisions.demonstration.drafting import (
    People,
    advise,
    decide,
    draft,
    endorse,
    publish,
    record_elsewhere,
    restrict,
    return_to_draft,
    send,
    submit,
    wait_for_confirmation,
    withdraw,
)
from decisions.models import Decision, Organisation, Series

BODY = "Mayor's Office for Policing and Crime"
LONDON = ZoneInfo("Europe/London")
Say = Callable[[str], None]
Parties = dict[str, Organisation]
Spend = Callable[[People, Parties, Decision], None]

FINE = {
    "financial": "The sums are right, and the money is there as the paper says.",
    "legal": "The power relied on is the right one, and the decision is within it.",
    "equality": "Due regard has been paid; nothing unfavourable was found.",
}


@contextmanager
def on(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Let what follows happen at a moment, London time (invented dates of 2018 and 2019)."""
    with clock.at(datetime(year, month, day, hour, minute, tzinfo=LONDON)):
        yield


def load(say: Say, *, spend: Spend) -> None:
    """Start the demonstration's register and tell its story; ``say`` hears how far it is.

    ``spend`` tells the part between the publication of PCD 726 and today: its money, which lies
    in the app above.
    """
    say("the register, its series and its people")
    with on(2018, 4, 16, 9):
        register.start(body=BODY)
        actions.start_series(
            code="PCD",
            title="Decisions of the Deputy Mayor for Policing and Crime",
            next_number=386,
            by=SYSTEM,
        )
        people = create_people()
        parties = _parties(people)
    say("PCD 386, decided in 2018")
    first = pcd_386(people, parties)
    say("PCD 726, decided in 2019")
    spend(people, parties, pcd_726(people, parties, continues=first))
    say("papers that await publication, decision and endorsement")
    papers_under_way(people, parties, say)


def _parties(people: People) -> Parties:
    names = {
        "home_office": ("Home Office", "GB-GOR-D10"),
        "justice": ("Ministry of Justice", "GB-GOR-D18"),
        "met": ("Metropolitan Police Service", "GB-PLOC-MPS"),
    }
    by = people["governance_officer"]
    return {
        key: actions.add_organisation(name=name, org_identifier=identifier, by=by)
        for key, (name, identifier) in names.items()
    }


def pcd_386(people: People, parties: Parties) -> Decision:
    """Decide PCD 386: a bid of £3.7m, which opens no money."""
    officer = people["originating_officer"]
    with on(2018, 4, 23):
        paper = submit(draft("pcd-386", by=officer, funder=parties["home_office"]))
    with on(2018, 4, 30, 14, 20):
        paper = advise(
            paper,
            people,
            FINE
            | {
                "financial": "The bid asks for £3.7m and the strategy names £3.6m: settle it first."
            },
        )
        paper = send(paper)
    with on(2018, 5, 8, 11, 15):
        paper = endorse(paper, people)
    with on(2018, 5, 10, 17, 40):
        paper = decide(paper, people)
    with on(2018, 5, 11, 9, 30):
        return publish(paper, people)


def pcd_726(people: People, parties: Parties, *, continues: Decision) -> Decision:
    """Decide PCD 726: two grants of up to £1.2m and £1.15m, and £570,000 out of the second."""
    officer, funder, met = people["originating_officer"], parties["home_office"], parties["met"]
    with on(2019, 9, 30, 9, 5):
        reason = "Numbers 387 to 725 were given outside this demonstration."
        series = Series.objects.get(code="PCD")
        governance = people["governance_officer"]
        actions.set_next_number(series=series, number=726, reason=reason, by=governance)
    with on(2019, 10, 1):
        recipients = {"1": met, "2": met}
        paper = draft("pcd-726", by=officer, funder=funder, recipients=recipients)
        actions.add_link(decision=paper, kind="continues", to_decision=continues, by=officer)
        costs = [
            "Annex A, national centre: staff £780,000; analysis £260,000; operations £160,000.",
            "Annex B, London: staff £430,000; software licences £570,000; operations £150,000.",
            "These breakdowns are invented for the demonstration.",
        ]
        restrict(paper, heading="Breakdown of costs", paragraphs=costs, by=officer)
        paper = submit(paper)
    with on(2019, 10, 9, 15, 10):
        paper = send(advise(paper, people, FINE))
    with on(2019, 10, 16, 12, 0):
        paper = endorse(paper, people)
    with on(2019, 10, 22, 17, 55):
        paper = decide(paper, people)
    with on(2019, 10, 23, 10, 30):
        return publish(paper, people)


def papers_under_way(people: People, parties: Parties, say: Say) -> None:
    """Leave something to do for everybody: papers at each stage, today."""
    officer, second = people["originating_officer"], people["second_officer"]
    home_office, justice = parties["home_office"], parties["justice"]
    actions.set_next_number(
        series=Series.objects.get(code="PCD"),
        number=1900,
        reason="Numbers 727 to 1899 were given outside this demonstration.",
        by=people["governance_officer"],
    )
    record_elsewhere("pcd-1150", by=people["governance_officer"])
    cycles = endorse(send(advise(submit(draft("cycles", by=second)), people, FINE)), people)
    decide(
        cycles,
        people,
        deferred={"2": "Come back with the cost of each station."},
        conditions={"1": "Report in the spring how far the bicycles were ridden."},
    )
    duty = draft("violence-duty", by=officer, funder=home_office)
    endorse(send(advise(submit(duty), people, FINE)), people)
    cameras = draft("road-safety", by=second)
    quotes = ["Three suppliers quoted £842,000, £910,000 and £968,500. All three are invented."]
    restrict(cameras, heading="Prices quoted", paragraphs=quotes, by=second)
    endorse(send(advise(submit(cameras), people, FINE)), people)
    send(advise(submit(draft("stations", by=officer)), people, FINE))
    say("papers in advice, returned, withdrawn and in draft")
    victims = draft("victims", by=officer, funder=justice)
    asked = ["commercial", "data_protection", "equality"]
    actions.edit_paper(decision=victims, advice_asked=asked, by=officer)
    advise(submit(victims), people, {"financial": FINE["financial"]})
    wait_for_confirmation(victims, heading="Financial")
    boats = send(advise(submit(draft("river-boats", by=second)), people, FINE))
    return_to_draft(boats, people, "Say what becomes of the two old boats.")
    withdraw(submit(draft("night-drones", by=officer)), "The trial elsewhere was ended early.")
    draft("mentors", by=officer, funder=home_office)

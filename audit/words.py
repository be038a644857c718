"""How money, days and moments read to a person: one way, everywhere."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localtime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def money(amount: Decimal) -> str:
    """Return pounds as "£1,200,000", with pence only where there are any."""
    sign = "−" if amount < 0 else ""
    pounds = abs(amount)
    whole = pounds == pounds.to_integral_value()
    return f"{sign}£{pounds:,.0f}" if whole else f"{sign}£{pounds:,.2f}"


def any_of(words: Sequence[str]) -> str:
    """Return words as a sentence offers them: "a, b or c"; "" where there are none."""
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence names them: "a, b and c"."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def day(value: date) -> str:
    """Return a date as "28 October 2019"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def clock_time(value: datetime) -> str:
    """Return the UK time of an aware moment as "5:04pm"."""
    local = localtime(value)
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """Return an aware moment in UK time as "28 October 2019 at 5:04pm"."""
    return f"{day(localtime(value).date())} at {clock_time(value)}"


def period(start: date | None, end: date | None) -> str:
    """Return inclusive dates as "28 October 2019 to 31 March 2020"; either end may be open."""
    if start and end:
        return f"{day(start)} to {day(end)}"
    if start:
        return f"from {day(start)}"
    return f"to {day(end)}" if end else ""


def days_since(earlier: date, today: date) -> str:
    """Return how long ago a day was: "today", "1 day", "12 days"."""
    days = (today - earlier).days
    if days <= 0:
        return "today"
    return "1 day" if days == 1 else f"{days} days"

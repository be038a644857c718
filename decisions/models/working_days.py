"""Working days: Monday to Friday, without the bank holidays of England.

Source: a bank holiday is one under the Banking and Financial Dealings Act 1971 or by proclamation;
the days themselves are a library's.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE = timedelta(days=1)
SATURDAY = 5


@lru_cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """Return the working day that is `count` working days after a day (the day itself for none)."""
    for _ in range(count):
        day += ONE
        while not is_working_day(day):
            day += ONE
    return day


def working_days_between(first: date, last: date) -> int:
    """Return how many working days follow `first`, up to and with `last`; none if it is earlier."""
    days = (first + ONE * n for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)

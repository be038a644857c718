"""How the references of a series are written: a number alone, or a number of a year."""

import re
from dataclasses import dataclass

from django.db import models
from django.db.models import Q


class ReferenceForm(models.TextChoices):
    """The ways in which a series writes its references."""

    NUMBER = "number", "PCD 726"
    NUMBER_YEAR = "number-year", "CEOD 03-2021"
    YEAR_NUMBER = "year-number", "DMPCD 2016 12"


_PATTERNS = {
    ReferenceForm.NUMBER: re.compile(r"(?P<code>[A-Z]{2,12}) (?P<number>[0-9]{1,9})"),
    ReferenceForm.NUMBER_YEAR: re.compile(
        r"(?P<code>[A-Z]{2,12}) (?P<number>[0-9]{1,5})-(?P<year>20[0-9]{2})"
    ),
    ReferenceForm.YEAR_NUMBER: re.compile(
        r"(?P<code>[A-Z]{2,12}) (?P<year>20[0-9]{2}) (?P<number>[0-9]{1,5})"
    ),
}


@dataclass(frozen=True)
class Reference:
    """A reference taken apart: "CEOD 03-2021" is number 3 of 2021 of the series CEOD."""

    code: str
    form: ReferenceForm
    number: int
    year: int | None = None

    def __str__(self) -> str:
        if self.form == ReferenceForm.NUMBER_YEAR:
            return f"{self.code} {self.number:02}-{self.year}"
        if self.form == ReferenceForm.YEAR_NUMBER:
            return f"{self.code} {self.year} {self.number:02}"
        return f"{self.code} {self.number}"

    @property
    def is_it(self) -> Q:
        """The condition on a decision that it bears this reference."""
        return Q(
            series__code=self.code,
            series__reference_form=self.form,
            number=self.number,
            year=self.year,
        )


def parse_reference(text: str) -> Reference | None:
    """Return a reference in its one spelling taken apart, or None."""
    for form, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            year = found.get("year")
            return Reference(found["code"], form, int(found["number"]), int(year) if year else None)
    return None


def references_of_slug(slug: str) -> list[Reference]:
    """Return the references that a slug may stand for: "pcd-726", "ceod-03-2021"."""
    code, _, rest = slug.upper().partition("-")
    spellings = {f"{code} {rest}", f"{code} {rest.replace('-', ' ')}"}
    return [found for each in sorted(spellings) if (found := parse_reference(each))]

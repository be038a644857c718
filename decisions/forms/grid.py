"""A table typed cell by cell: a grid of text boxes, with buttons that need no JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from audit.characters import name_of, unseen_in, without_effectless
from decisions.shapes import MOST_COLUMNS, MOST_ROWS, Rows, rows_of, text_of_rows

FRESH: Rows = [["", ""], ["", ""], ["", ""]]
LONGEST_CELL = 2000


class Grid(forms.Widget):
    """The boxes of a table. One of its buttons, pressed, changes the grid and saves nothing."""

    template_name = "django/forms/widgets/grid.html"
    use_fieldset = True

    def format_value(self, value: Any) -> Any:
        """Return the rows to show; there are always some."""
        rows = rows_of(value) if isinstance(value, str) else value
        return rows or FRESH

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give the template the rows, and whether there may be more of them."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = self.format_value(value)
        context["widget"] |= {
            "rows": rows,
            "may_grow_down": len(rows) < MOST_ROWS,
            "may_grow_across": len(rows[0]) < MOST_COLUMNS,
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Rows:
        """Return the rows as typed, changed as the button asks."""
        height, width = (_size(data, f"{name}-{side}") for side in ("height", "width"))
        rows = [
            [str(data.get(f"{name}-{r}-{c}", "")) for c in range(min(width, MOST_COLUMNS))]
            for r in range(min(height, MOST_ROWS))
        ]
        return _changed(rows, str(data.get(f"{name}-act", "")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether the grid was not on the page."""
        return f"{name}-height" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the first box, to which a problem leads."""
        return f"{id_}_0_0" if id_ else id_


def _size(data: Any, name: str) -> int:
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _changed(rows: Rows, act: str) -> Rows:
    """Return the rows with one more, or without one: "row", "column", "row-2", "column-0"."""
    what, _, place = act.partition("-")
    if what == "row" and not place:
        return [*rows, [""] * (len(rows[0]) if rows else 2)]
    if what == "column" and not place:
        return [[*row, ""] for row in rows]
    n = int(place) if place.isascii() and place.isdecimal() else -1
    if what == "row" and 0 <= n < len(rows) and len(rows) > 1:
        return rows[:n] + rows[n + 1 :]
    if what == "column" and rows and 0 <= n < len(rows[0]) and len(rows[0]) > 1:
        return [row[:n] + row[n + 1 :] for row in rows]
    return rows


def is_being_laid(data: Mapping[str, Any]) -> bool:
    """Return whether a form was sent by a button of the grid, to be shown again."""
    return "text-act" in data


class GridField(forms.Field):
    """The words of a table, from its boxes."""

    widget = Grid

    def to_python(self, value: Any) -> str:
        """Return the words, refusing what nobody can see and what is too long for a cell."""
        rows = [[without_effectless(cell) for cell in row] for row in value or []]
        for cell in (cell for row in rows for cell in row):
            if len(cell) > LONGEST_CELL:
                raise ValidationError(f"A cell holds at most {LONGEST_CELL:,} characters")
            for unseen in unseen_in(cell):
                raise ValidationError(f"A cell holds an invisible character ({name_of(unseen)})")
        return text_of_rows(rows)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the words differ."""
        return text_of_rows(rows_of(initial or "")) != text_of_rows(data or [])

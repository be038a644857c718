"""Further checks that the apps above add to verification, of what they keep outside the database.

Named by their dotted path, so that registering one at start-up imports nothing.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.module_loading import import_string

from audit.findings import Failure

Check = Callable[[], Iterable[Failure]]

_paths: list[str] = []


def register_check(path: str) -> None:
    """Add a check: the dotted path of a function that takes nothing and yields failures."""
    if path not in _paths:
        _paths.append(path)


def further_failures() -> Iterator[Failure]:
    """Run the checks that were added. Raises ImportError for a path that leads nowhere."""
    for path in _paths:
        check: Check = import_string(path)
        yield from check()

"""Opening a zip that anybody may have made: the one set of limits, and nothing in it believed."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

MOST_BYTES = 20 * 1024 * 1024
MOST_UNZIPPED = 100 * 1024 * 1024
MOST_PARTS = 5000
BEGINS = b"PK\x03\x04"
# All that reading a damaged zip, or one made to harm, was seen to raise.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    LookupError,
    RuntimeError,
    OSError,
    EOFError,
)


class DamagedZipError(Exception):
    """It is no zip, or not a sound one: parts locked, doubled or pointing elsewhere."""


class TooLargeZipError(Exception):
    """It, or what it would grow to when it is opened, is more than is read."""


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """Open a zip within the limits. Raises one of the errors above, also while it is being read."""
    if len(data) > MOST_BYTES:
        raise TooLargeZipError
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            _refuse_unsound(held, len(data))
            yield held
    except (*_DAMAGED, NotImplementedError) as error:
        raise DamagedZipError from error


def _refuse_unsound(held: zipfile.ZipFile, size: int) -> None:
    parts = held.infolist()
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNZIPPED:
        raise TooLargeZipError
    names = [one.filename for one in parts]
    if (
        len(set(names)) < len(names)
        or sum(one.compress_size for one in parts) > size
        or any(one.flag_bits & 1 for one in parts)
        or any(name.startswith("/") or ".." in name.split("/") for name in names)
    ):
        raise DamagedZipError

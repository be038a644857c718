"""What a look into untrusted bytes can answer, and which bytes call for one."""

PROTECTED = "a password or protection"
UNSEEN = "objects written so that they cannot be looked through"
DAMAGED = "damaged"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def is_zip(data: bytes) -> bool:
    """Whether it begins as zips do, and with them Office and OpenDocument files."""
    return data.startswith(_ZIPS)


def is_pdf(data: bytes) -> bool:
    """Whether programs that show PDFs would open it."""
    return b"%PDF-" in data[:1024]

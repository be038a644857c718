"""Why a document is not issued."""

from audit.refusals import Refused


class DocumentRefused(Refused):
    """A document cannot be made; nothing was issued."""


class ContentTooLarge(DocumentRefused):
    """The paper is larger than one document may be; the reason names the field and the limit."""


class DocumentNotSigned(DocumentRefused):
    """The document could not be signed, so it was not issued."""


class DocumentNotFound(DocumentRefused):
    """The document store holds no such file, or one that is not what its name says."""

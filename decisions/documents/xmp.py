"""The metadata (XMP) of a document: PDF/A, PDF/UA and our own identifier, in one rdf:RDF.

WeasyPrint can name one standard only and puts extra packets where validators do not look, so our
parts go in before its closing tag, with the extension schemas that PDF/A asks for.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

NAMESPACE = "urn:x-grant-decision:ns:1#"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
END = b"</rdf:RDF>"
PROPERTIES = {
    "identifier": "Identifier of this document",
    "reference": "Reference of the decision",
    "paperVersion": "Version of the paper that was decided",
    "partOneDigest": "SHA-256 of the open part of that version",
    "documentNumber": "Number of this document among those of the decision",
    "register": "Address of the register that issued it",
}


def with_our_parts(rdf: bytes, facts: Mapping[str, str]) -> bytes:
    """Return WeasyPrint's RDF with our descriptions added before its end.

    `facts` are values of some of PROPERTIES.
    """
    if rdf.count(END) != 1:
        message = "The metadata of the rendering has another shape than expected."
        raise ValueError(message)
    ours = _ua() + _record(facts) + _schemas()
    return rdf.replace(END, ours.encode() + END)


def _ua() -> str:
    return (
        f'<rdf:Description xmlns:pdfuaid="{PDFUA}" rdf:about="">'
        "<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    )


def _record(values: Mapping[str, str]) -> str:
    facts = "".join(f"<gdr:{name}>{escape(value)}</gdr:{name}>" for name, value in values.items())
    return f'<rdf:Description xmlns:gdr="{NAMESPACE}" rdf:about="">{facts}</rdf:Description>'


def _schemas() -> str:
    ours = _schema("Grant decision register", NAMESPACE, "gdr", "Text", PROPERTIES)
    ua = _schema(
        "PDF/UA identification", PDFUA, "pdfuaid", "Integer", {"part": "Part of ISO 14289"}
    )
    return (
        '<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
        f"<pdfaExtension:schemas><rdf:Bag>{ua}{ours}</rdf:Bag></pdfaExtension:schemas>"
        "</rdf:Description>"
    )


def _schema(title: str, namespace: str, prefix: str, kind: str, names: dict[str, str]) -> str:
    properties = "".join(_property(name, kind, words) for name, words in names.items())
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{title}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _property(name: str, kind: str, description: str) -> str:
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
    )

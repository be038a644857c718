"""What WeasyPrint leaves undone for PDF/UA and for our signature, done on its objects.

A finisher runs after the objects are made and before they are written: headers and footers of the
pages become artifacts, header cells get their scope, lists their numbering, figures their box in
the page's own coordinates, and the check box of the signature block becomes a signature field.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

SIGNATURE_FIELD = "Signature"
PIXEL = 0.75
PRINTED_AND_LOCKED = 4 + 128


class Finisher:
    """Mends one PDF; called by WeasyPrint with the rendering and its pydyf objects.

    Without words for a signature there is no field for one.
    """

    def __init__(self, signature_words: str = "") -> None:
        self._signature_words = signature_words

    def __call__(self, _rendering: Any, pdf: Any) -> None:
        """Mend the PDF in place."""
        self._pdf = pdf
        self._objects = pdf.objects
        root = self._at(pdf.catalog["StructTreeRoot"])
        tree = list(self._elements(root))
        self._make_artifacts(root, tree)
        for element in tree:
            if element["S"] == "/LI":
                self._give_body(element)
        for element in tree:
            self._complete(element)
        if self._signature_words:
            self._make_signature_field(pdf.catalog["AcroForm"], tree)
        self._at(pdf.catalog["Metadata"]).compress = False

    def _at(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def _kids(self, element: Any) -> Iterator[Any]:
        kids = element.get("K", ())
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, bytes):
                yield self._at(kid)

    def _elements(self, root: Any) -> Iterator[Any]:
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if element.get("Type") == "/StructElem":
                yield element
            waiting.extend(self._kids(element))

    # Running headers and footers: WeasyPrint tags their text but links it to no element.

    def _make_artifacts(self, root: Any, tree: list[Any]) -> None:
        linked = {element.reference for element in tree}
        numbers = self._at(root["ParentTree"])["Nums"]
        for owners in numbers[1::2]:
            loose = [n for n, owner in enumerate(owners) if owner not in linked]
            if isinstance(owners, list) and loose:
                self._unmark(owners[loose[0]], set(loose))
                for n in loose:
                    owners[n] = "null"

    def _unmark(self, first: bytes, loose: set[int]) -> None:
        page = self._at(self._at(first)["Pg"])
        content = self._at(page["Contents"])
        for place, token in enumerate(content.stream):
            if isinstance(token, pydyf.Dictionary) and token.get("MCID") in loose:
                content.stream[place - 1] = "/Artifact"
                content.stream[place] = pydyf.Dictionary({"Type": "/Pagination"})

    # Attributes that PDF/UA asks for.

    def _complete(self, element: Any) -> None:
        kind = element["S"]
        if kind == "/TH":
            group = self._at(self._at(element["P"])["P"])["S"]
            scope = "/Column" if group == "/THead" else "/Row"
            element["A"]["Scope"] = scope
        elif kind == "/L":
            element["A"] = pydyf.Dictionary(
                {"O": "/List", "ListNumbering": self._numbering(element)}
            )
        elif kind == "/Figure":
            self._place(element)

    def _give_body(self, item: Any) -> None:
        loose = [kid for kid in self._kids(item) if kid["S"] not in ("/Lbl", "/LBody")]
        if not loose:
            return
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"]})
        body["P"] = item.reference
        body["K"] = pydyf.Array(kid.reference for kid in loose)
        self._pdf.add_object(body)
        for kid in loose:
            kid["P"] = body.reference
        moved = {kid.reference for kid in loose}
        kept = [reference for reference in item["K"] if reference not in moved]
        item["K"] = pydyf.Array([*kept, body.reference])

    def _numbering(self, element: Any) -> str:
        labelled = any(
            kid.get("S") == "/Lbl" for item in self._kids(element) for kid in self._kids(item)
        )
        return "/Decimal" if labelled else "/None"

    def _place(self, element: Any) -> None:
        height = self._at(element["Pg"])["MediaBox"][3]
        left, top, right, bottom = (PIXEL * edge for edge in element["A"]["BBox"])
        element["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])

    # The signature field.

    def _make_signature_field(self, form: Any, tree: list[Any]) -> None:
        for key in ("DR", "NeedAppearances"):
            del form[key]
        field = self._at(form["Fields"][0])
        empty = self._at(field["AP"]["N"]["on"])
        empty.stream = []
        empty.extra["Resources"] = pydyf.Dictionary()
        for key in ("V", "AS", "MK", "Border"):
            field.pop(key, None)
        field["FT"] = "/Sig"
        field["T"] = pydyf.String(SIGNATURE_FIELD)
        field["TU"] = pydyf.String(self._signature_words)
        field["F"] = PRINTED_AND_LOCKED
        field["AP"] = pydyf.Dictionary({"N": empty.reference})
        for element in tree:
            if element["S"] == "/Form":
                element["K"] = element["K"][0]

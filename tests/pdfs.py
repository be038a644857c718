"""Small PDFs that a real reader takes, as people bring them."""


def a_pdf(*more: bytes, catalog: bytes = b"", before: bytes = b"") -> bytes:
    """Return a PDF of one empty page; `more` are its objects from number 4 on, without their ends.

    `catalog` is more of its catalogue, and `before` stands before all objects.
    """
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        **dict(enumerate(more, start=4)),
    }
    made, offsets = b"%PDF-1.7\n" + before, []
    for number, body in bodies.items():
        offsets.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    size = len(bodies) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + table + end


def a_stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream, which says how long it is."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def packed(pack: bytes, filters: bytes) -> bytes:
    """Return a PDF whose catalogue stands packed in a stream, found by a table that is a stream."""
    made, offsets = b"%PDF-1.7\n", {}
    bodies = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        4: a_stream(pack, b"/Type/ObjStm/N 1/First 4/Filter" + filters),
    }
    for number, body in bodies.items():
        offsets[number] = len(made)
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = [(0, 0, 255), (2, 4, 0), *((1, at, 0) for at in offsets.values()), (1, len(made), 0)]
    table = b"".join(
        bytes([kind]) + at.to_bytes(3, "big") + bytes([more]) for kind, at, more in rows
    )
    entries = b"/Type/XRef/Size %d/W[1 3 1]/Root 1 0 R" % len(rows)
    end = b"\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"5 0 obj\n" + a_stream(table, entries) + b"\nendobj" + end


A_PDF = a_pdf()

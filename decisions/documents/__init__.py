"""Signed documents: content → render → sign → store → verify.

Only this package knows WeasyPrint and pyHanko. `lay_out` makes the pages, `seal` signs them,
`DocumentStore` keeps them, `verify_bytes` says what a file is. docs/document-format.md tells
what is in a document, to the byte where that matters.
"""

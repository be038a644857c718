"""Files of spending read as the rows of cells that people see: CSV, XLSX, ODS, pasted rows.

`reading` opens a file, `layout` finds its headings, `values` reads a cell, `checking` says row by
row what can be recorded and what is wrong, by cell.
"""

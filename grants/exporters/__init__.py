"""Tables of money as files for a spreadsheet.

`tables` says what a table is; `csv_file` and `workbook` write any of them. No cell is a formula,
whatever people typed into the register.
"""

"""Makers of records for tests. They act as people do; none writes a row by itself."""

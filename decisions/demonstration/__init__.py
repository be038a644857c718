"""The demonstration: invented people and papers, made by the acts that everybody uses.

PCD 386 and PCD 726 follow the facts of two published decisions, in words of our own; every other
paper, and every date that the published pages do not give, is invented.
"""

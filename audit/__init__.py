"""What happened, provably: the ledger (on screen: the audit trail), checkpoints and their checks.

The ground floor. It knows people by id and words, and no domain: the apps above register with it.
"""

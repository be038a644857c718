"""Who reaches what: every address, every role, every state, written down by hand."""

"""The money that decisions authorise: allocations, statements and spending lines."""

"""Pages of the money: allocations, statements, spending, and why it was allowed."""

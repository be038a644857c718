"""Pages about people: their own account, and the administrators' and governance officers' pages."""

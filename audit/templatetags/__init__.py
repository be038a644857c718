"""Template tags that every app may load; they know no domain."""

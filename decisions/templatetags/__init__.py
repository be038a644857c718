"""Template tags that know decisions."""

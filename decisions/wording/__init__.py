"""What the words of a paper say of money and years: read on import, and held against its fields."""

"""Tags of the money pages, and those that decisions show their money by."""

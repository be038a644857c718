"""Reading the text of public decision pages. No database, no guess without a warning."""

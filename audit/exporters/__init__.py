"""What leaves the audit app as files."""

"""What the register's speed is measured against: always a ratio, both sides in one run."""

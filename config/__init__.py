"""Settings, addresses and the embedded database: the roof of the house."""

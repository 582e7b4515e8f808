"""From the indicators of a smishing campaign to what a victim sees, and to a blocklist."""

__version__ = "0.1.0"

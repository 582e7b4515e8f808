"""The case report, for people."""

"""Phones and the desktop control, one per file."""

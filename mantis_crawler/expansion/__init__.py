"""Pivots from an indicator to artifacts, one per file."""

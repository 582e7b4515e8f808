"""Readers of feeds, one format per file."""

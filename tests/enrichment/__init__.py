"""Tests of the sources of enrichment."""

"""Scripts by others that look at a visitor, for the self-test."""

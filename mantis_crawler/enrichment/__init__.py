"""What others know of an artifact, one source per file."""

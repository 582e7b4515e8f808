"""Files made of records, one format per file."""

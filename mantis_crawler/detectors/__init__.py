"""What a page can be, one content class per file."""

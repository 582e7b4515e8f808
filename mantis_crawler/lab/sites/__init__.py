"""The families of sites of the embedded internet, one per file."""

"""What is to do and what is done."""

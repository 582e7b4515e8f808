"""The shelf of hostile pages: a file here is a group of them."""

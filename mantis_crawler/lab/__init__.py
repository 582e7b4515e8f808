"""The embedded internet: names, addresses and sites on loopback, the same for the same seed."""

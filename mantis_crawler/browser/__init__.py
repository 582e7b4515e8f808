"""The only home of Playwright, and the only door to the network."""

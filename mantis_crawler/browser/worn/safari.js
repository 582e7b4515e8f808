// Chromium in Safari's clothes: what no feature switch takes off, and what Safari has besides.

"""Long campaigns against the readers: random reports read back, damaged files; no part of the tests."""

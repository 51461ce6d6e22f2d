"""Personal data in texts: what it looks like, and how it is masked."""

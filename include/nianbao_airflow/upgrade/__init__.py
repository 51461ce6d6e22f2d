"""Newer versions tried before anything is changed: `make upgrade`.

lock ─▶ trial ─▶ report     resolve anew; install, migrate a copy, parse the DAGs; go or no-go
"""

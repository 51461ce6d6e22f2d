"""Where each page of the Data Docs lies: names as short as the suites' own.

Great Expectations names a page of results by its run and its batch, which makes paths too long for
Windows and other ones with every run.
"""

from pathlib import Path


def results_address(suite: str) -> str:
    """Return the address of a suite's page of results from the index."""
    return f"validations/{suite}.html"


def results_page(docs: Path, suite: str) -> Path:
    """Return the file of a suite's page of results."""
    return docs / results_address(suite)

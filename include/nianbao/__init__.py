"""Nianbao (年报): from published disclosure reports to checked numbers.

The library harvests the annual reports on government-information disclosure, reads them into cells,
checks them against the official form and builds the warehouse. It knows nothing of Airflow.
"""

__version__ = "0.1.0"

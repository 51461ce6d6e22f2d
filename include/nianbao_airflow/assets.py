"""The assets that join the DAGs."""

from airflow.sdk import Asset

PARSED = Asset("nianbao_parsed", uri="nianbao://parsed", group="nianbao")
"""The parsed reports; updated by every harvest, also by one that found nothing new."""

"""What a user may set when triggering a DAG; Airflow makes a form of it."""

from airflow.sdk import Param

YEARS = Param(
    None,
    title="Report years 报告年度",
    description="Only reports on these years, such as [2021, 2022]; empty for all.",
    type=["null", "array"],
    # The duty to report began with the year 2008.
    items={"type": "integer", "minimum": 2008, "maximum": 2100},
)

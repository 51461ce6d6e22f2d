"""Names that the DAGs and those who run them share; importing them costs nothing."""

from typing import Final

HARVEST_DAG: Final = "nianbao_harvest"
WAREHOUSE_DAG: Final = "nianbao_warehouse"
HEALTH_DAG: Final = "nianbao_health"
DEADLINES_DAG: Final = "nianbao_deadlines"
HOUSEKEEPING_DAG: Final = "nianbao_housekeeping"

DAGS: Final = (HARVEST_DAG, WAREHOUSE_DAG, HEALTH_DAG, DEADLINES_DAG, HOUSEKEEPING_DAG)

SEASON_SWITCH: Final = "NIANBAO_SEASON"
"""Environment variable; `off` leaves only runs that somebody asks for, as in the demo."""

METADATA_URL: Final = "NIANBAO_METADATA_URL"
"""Environment variable: Airflow's own database, for the housekeeping of its runs alone."""

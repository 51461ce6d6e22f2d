"""Names that the DAGs and those who run them share; importing them costs nothing."""

from typing import Final

HARVEST_DAG: Final = "nianbao_harvest"
WAREHOUSE_DAG: Final = "nianbao_warehouse"

SEASON_SWITCH: Final = "NIANBAO_SEASON"
"""Environment variable; `off` leaves only harvests that somebody asks for, as in the demo."""

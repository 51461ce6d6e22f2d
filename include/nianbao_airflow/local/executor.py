"""Airflow's LocalExecutor with our imports made before its workers are copied from it."""

from airflow.executors.local_executor import LocalExecutor

from nianbao_airflow.warm import warm


class WarmLocalExecutor(LocalExecutor):
    """What `[core] executor` names on one machine."""

    def start(self) -> None:
        """Import, then start the workers."""
        warm()
        super().start()

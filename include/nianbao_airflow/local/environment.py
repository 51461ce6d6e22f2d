"""All settings of a local Airflow, as environment variables: there is no airflow.cfg to edit."""

import os
from typing import Final

from nianbao_airflow.local.place import Place
from nianbao_airflow.names import METADATA_URL, SEASON_SWITCH

HOST: Final = "127.0.0.1"
LOOPBACK: Final = ("127.0.0.1", "127.0.0.2", "localhost")
USER: Final = "admin"
RUNNER: Final = "nianbao_runner"
"""Who asks whether Airflow is ready where there are roles: people change their own passwords."""
AUTH_MANAGER: Final = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
THEIRS: Final = (
    "NIANBAO_",
    "AIRFLOW_CONN_",
    "AIRFLOW__METRICS__",
    "AIRFLOW__FAB__",
    "AIRFLOW__API__BASE_URL",
)
"""What the names begin with of settings that real work takes from the user's environment."""
PARALLELISM: Final = 4
"""Airflow forks so many workers at the start, 32 by default."""


def variables(place: Place, port: int, *, paused: bool, with_roles: bool = False) -> dict[str, str]:
    """Return Airflow's settings for a place; `paused` is what new DAGs are.

    `with_roles` keeps users and roles in the database; without, there is one login from a file.
    """
    sections = {
        "core": _core(place, port, paused=paused) | _access(place, with_roles),
        "database": {"sql_alchemy_conn": f"sqlite:///{place.database}"},
        "api": {
            "host": HOST,
            "port": str(port),
            "base_url": f"http://{HOST}:{port}",
            "secret_key": place.secret("api"),
            "instance_name": f"Nianbao 年报 ({place.name})",
        },
        "api_auth": {"jwt_secret": place.secret("jwt")},
        "scheduler": _scheduler(),
        # All DAG files are parsed at the start; they change with an upgrade, which starts anew.
        "dag_processor": {"min_file_process_interval": "300"},
        "usage_data_collection": {"enabled": "False"},
        "logging": {
            "base_log_folder": str(place.airflow_home / "logs"),
            "colored_console_log": "False",
            # Hundreds of lines on each load, none for our users.
            "namespace_levels": "great_expectations=WARNING",
        },
    }
    named = {
        f"AIRFLOW__{section.upper()}__{key.upper()}": value.replace("%", "%%")
        for section, options in sections.items()
        for key, value in options.items()
    }
    return {"AIRFLOW_HOME": str(place.airflow_home), **named}


def _core(place: Place, port: int, *, paused: bool) -> dict[str, str]:
    return {
        "dags_folder": str(place.root / "dags"),
        "plugins_folder": str(place.root / "plugins"),
        "executor": "nianbao_airflow.local.executor.WarmLocalExecutor",
        "parallelism": str(PARALLELISM),
        "load_examples": "False",
        "dags_are_paused_at_creation": str(paused),
        "execution_api_server_url": f"http://{HOST}:{port}/execution/",
        # What Connections keep, such as the key of a robot, is encrypted; 32 bytes as Fernet writes them.
        "fernet_key": place.secret("fernet") + "=",
    }


def _access(place: Place, with_roles: bool) -> dict[str, str]:
    if with_roles:
        return {"auth_manager": AUTH_MANAGER}
    return {
        "simple_auth_manager_users": f"{USER}:admin",
        "simple_auth_manager_passwords_file": str(place.passwords),
    }


def _scheduler() -> dict[str, str]:
    # After a kill, the tasks of the dead scheduler are taken up within seconds, not minutes.
    return {
        "scheduler_health_check_threshold": "15",
        "orphaned_tasks_check_interval": "15",
        # That does not wait for this: it is for a task that hangs. A machine with ten times its work
        # was seen to keep signs of life waiting for two minutes, and sound tasks were then killed.
        "task_instance_heartbeat_timeout": "300",
    }


def nianbao_variables(place: Place, *, sample: bool) -> dict[str, str]:
    """Return the library's settings; those of a sample run owe nothing to the user's own."""
    ours = {
        "NIANBAO_HOME": str(place.data),
        "NIANBAO_GREAT_EXPECTATIONS_DIR": str(place.root / "great_expectations"),
        # For the housekeeping of old runs: Airflow itself keeps its database from tasks.
        METADATA_URL: f"sqlite:///{place.database}",
    }
    if sample:
        return {**ours, "NIANBAO_PORTALS_DIR": str(place.data / "portals"), SEASON_SWITCH: "off"}
    return {**ours, "NIANBAO_PORTALS_DIR": str(place.root / "include" / "portals")} | {
        # Airflow's own settings are ours; what it talks to outside, and who may log in, is the user's.
        key: value
        for key, value in os.environ.items()
        if key.startswith(THEIRS)
    }


def inherited() -> dict[str, str]:
    """Return what child processes keep of our environment: nothing of another Airflow.

    Loopback never goes through a proxy.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("AIRFLOW_", "NIANBAO_"))
    }
    for name in ("NO_PROXY", "no_proxy"):
        kept[name] = ",".join(filter(None, [kept.get(name, ""), *LOOPBACK]))
    return kept

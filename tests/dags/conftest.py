import os
import tempfile
from pathlib import Path

# Before anything imports Airflow: its home in the user's folder must not be touched.
os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="nianbao-airflow-"))
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] = "False"

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def bag():
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=ROOT / "dags")

"""The tables of docs/operations.md are those of the data."""

import subprocess
import sys

import pytest

from nianbao.errors import ConfigurationError
from nianbao_airflow import docs


def test_the_tables_are_current():
    # In a process of its own: runs of DAGs in this one leave their values in the forms' fields.
    command = [sys.executable, "-m", "nianbao_airflow.docs", "--check"]
    assert subprocess.run(command, check=False).returncode == 0, f"run {docs.COMMAND}"


def test_a_table_without_its_place_is_not_lost_silently():
    with pytest.raises(ConfigurationError, match="alerts"):
        docs.renewed("## Notifications\n")

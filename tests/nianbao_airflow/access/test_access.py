"""Our roles in a real API server with Airflow's FAB auth manager: who may do what."""

import json
import os
import subprocess
import sys

import pytest

from nianbao_airflow.access import sync
from nianbao_airflow.access.roles import REPORTS, Role, roles
from nianbao_airflow.local.server import free_port
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG

# 404 of the reports: nothing is published yet, and the page says so to whoever may read it.
EXPECTED = {
    #                               nobody viewer reviewer operator
    "see the DAGs": (401, 200, 200, 200),
    "see a DAG's runs": (401, 200, 200, 200),
    "read the expectation reports": (401, 403, 404, 404),
    "trigger a harvest": (401, 403, 403, 200),
    "trigger the warehouse": (401, 403, 200, 200),
    "pause the harvest": (401, 403, 403, 200),
    "see the connections": (401, 403, 403, 200),
    "make a connection": (401, 403, 403, 201),
    "see the variables": (401, 403, 403, 200),
    "see the users": (401, 403, 403, 403),
    "delete a DAG": (401, 403, 403, 403),
}


@pytest.mark.airflow
def test_each_role_gets_what_it_should_and_no_more(tmp_path, request):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW_")}
    run = subprocess.run(
        [sys.executable, "-m", "support.access_world", str(tmp_path), str(free_port())],
        cwd=request.config.rootpath / "tests",
        env=kept | {"NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found = json.loads(run.stdout)
    assert found["nobody"].pop("log in with a guess") == 401
    by_call = {call: tuple(found[user][call] for user in found) for call in found["viewer"]}
    assert by_call == EXPECTED


def test_a_role_is_another_with_something_added_and_taken():
    role = Role(
        name="nianbao_x", zh="x", help="x", like="Op", allow=[("a", "new")], forbid=[("b", "old")]
    )
    assert role.permissions(frozenset({("b", "old"), ("c", "kept")})) == {
        ("a", "new"),
        ("c", "kept"),
    }


def test_the_roles_speak_of_dags_and_pages_that_there_are():
    named = {resource for role in roles() for _, resource in role.allow if ":" in resource}
    assert {name.split(":")[1] for name in named} <= {HARVEST_DAG, WAREHOUSE_DAG}
    assert {role.name for role in roles() if ("can_read", REPORTS) in role.allow} == {
        "nianbao_reviewer",
        "nianbao_operator",
    }


@pytest.mark.parametrize("argument", ["admin", "admin=", "other=Admin"])
def test_a_user_without_role_or_password_is_refused(argument, caplog):
    assert sync.main([argument], {"admin": "geheim"}) == 2
    assert "geheim" not in caplog.text

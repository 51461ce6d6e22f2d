"""A real API server with our roles, in a process of its own: who gets which status for what.

Run with an empty folder as AIRFLOW_HOME; prints one JSON object: user → call → status.
"""

import io
import json
import logging
import os
import sys
import threading
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USERS = ("viewer", "reviewer", "operator")
PASSWORD = "correct horse battery staple"
HARVEST, WAREHOUSE = "/api/v2/dags/nianbao_harvest", "/api/v2/dags/nianbao_warehouse"
RUN = {"logical_date": None}
CALLS = {
    "see the DAGs": ("GET", "/api/v2/dags", None),
    "see a DAG's runs": ("GET", HARVEST + "/dagRuns", None),
    "read the expectation reports": ("GET", "/expectation-reports/", None),
    "trigger a harvest": ("POST", HARVEST + "/dagRuns", RUN),
    "trigger the warehouse": ("POST", WAREHOUSE + "/dagRuns", RUN),
    "pause the harvest": ("PATCH", HARVEST, {"is_paused": True}),
    "see the connections": ("GET", "/api/v2/connections", None),
    "make a connection": ("POST", "/api/v2/connections", "a connection"),
    "see the variables": ("GET", "/api/v2/variables", None),
    "see the users": ("GET", "/auth/fab/v1/users", None),
    "delete a DAG": ("DELETE", HARVEST, None),
}


def settings(home, port):
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__AUTH_MANAGER": (
            "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
        ),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__SECRET_KEY": "of this test only",
        "AIRFLOW__API_AUTH__JWT_SECRET": "of this test only, and long enough to sign anything with",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "NIANBAO_HOME": str(home / "nianbao"),
    }


def prepare():
    """Make the database, the roles, a user of each, and the DAGs."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    from airflow.utils.db import initdb

    from nianbao_airflow.access import sync

    initdb()
    arguments = [f"{user}=nianbao_{user}" for user in USERS]
    assert sync.main(arguments, dict.fromkeys(USERS, PASSWORD)) == 0
    # Again, as at each start: who is there keeps the password.
    assert sync.main(arguments, dict.fromkeys(USERS, "another")) == 0
    DagBundlesManager().sync_bundles_to_db()
    sync_bag_to_db(DagBag(dag_folder=ROOT / "dags"), "dags-folder", None)


def serve(port):
    """Start the API server on loopback and wait until it answers."""
    import requests
    import uvicorn
    from airflow.api_fastapi.app import create_app

    config = uvicorn.Config(create_app(), host="127.0.0.1", port=port, log_config=None)
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while True:
        try:
            return requests.get(f"http://127.0.0.1:{port}/api/v2/version", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.05)


def ask(port):
    """Return the status of each call for each user, and for nobody."""
    import requests

    base, found = f"http://127.0.0.1:{port}", {}
    for user in ("nobody", *USERS):
        session = requests.Session()
        session.trust_env = False
        if user != "nobody":
            login = {"username": user, "password": PASSWORD}
            token = session.post(f"{base}/auth/token", json=login).json()["access_token"]
            session.headers["Authorization"] = f"Bearer {token}"
        found[user] = {name: _status(session, base, user, *call) for name, call in CALLS.items()}
    wrong = {"username": "viewer", "password": "admin"}
    found["nobody"]["log in with a guess"] = requests.post(
        f"{base}/auth/token", json=wrong
    ).status_code
    return found


def _status(session, base, user, method, path, body):
    if body == "a connection":
        body = {"connection_id": f"of_{user}", "conn_type": "generic"}
    return session.request(method, base + path, json=body, timeout=60).status_code


def main(home, port):
    os.environ |= settings(home, port)
    warnings.simplefilter("ignore")
    said, sys.stdout = sys.stdout, io.StringIO()
    logging.disable(logging.WARNING)
    prepare()
    serve(port)
    found = ask(port)
    said.write(json.dumps(found))
    said.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

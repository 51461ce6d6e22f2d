import os
import tempfile
import warnings

# Before anything imports Airflow: its home in the user's folder must not be touched.
os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="nianbao-airflow-"))
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] = "False"

with warnings.catch_warnings():
    # Airflow itself imports this; it warns once, about the HTTP library under it.
    warnings.simplefilter("ignore")
    import starlette.testclient  # noqa: F401

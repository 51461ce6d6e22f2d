"""A DAG file is imported again in every task: it must not load what the tasks load."""

import subprocess
import sys

HEAVY = {
    "bs4",
    "duckdb",
    "great_expectations",
    "lxml",
    "pandas",
    "pyarrow",
    "rapidfuzz",
    "selectolax",
    "nianbao.pipeline",
    "nianbao.portals",
}


def test_parsing_loads_no_heavy_library(root):
    # What Airflow loads by itself is loaded first and does not count.
    files = [str(path) for path in sorted((root / "dags").glob("*.py"))]
    script = (
        "import sys, runpy, airflow.sdk, airflow.sdk.plugins_manager\n"
        "airflow.sdk.dag, airflow.sdk.Param, airflow.sdk.ExceptionRetryPolicy\n"
        "before = set(sys.modules)\n"
        f"for file in {[*files, str(root / 'plugins' / 'nianbao_plugin.py')]!r}:\n"
        "    runpy.run_path(file)\n"
        "print(*set(sys.modules) - before, sep='\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    loaded = set(done.stdout.split())
    assert any(name.startswith("nianbao_airflow") for name in loaded)
    assert not {n for n in loaded if any(n == h or n.startswith(h + ".") for h in HEAVY)}
    assert "fastapi" not in loaded
    assert "requests" not in loaded

"""A bundle installed with the network really cut, and a report read with it.

    cd tests && python -m campaign.offline [BUNDLE] [--tree]

`--tree` installs the files as they stand in this checkout, and not those of the bundle.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nianbao_airflow.bundle.check import this_machine
from nianbao_airflow.bundle.make import main as make_bundle
from nianbao_airflow.bundle.targets import Target

ROOT = Path(__file__).resolve().parents[2]
CUTTERS = (
    ("unshare", "--net"),
    ("unshare", "--map-root-user", "--net"),
    ("bwrap", "--dev-bind", "/", "/", "--unshare-net"),
)
_IS_CUT = "import socket; socket.create_connection(('192.0.2.1', 80), 3)"
_REPORT = "tests/golden/html-cms-2021.html"


def cutter() -> Sequence[str] | None:
    """Return the command that runs another without a network, or `None` where none may be used."""
    for command in CUTTERS:
        try:
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
        except FileNotFoundError:
            continue
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("bundle", nargs="?", type=Path)
    parser.add_argument("--tree", action="store_true")
    options = parser.parse_args(arguments)
    cut = cutter()
    if cut is None:
        print("skipped: nobody here may cut the network of a process (unshare, bwrap)")
        return 0
    with tempfile.TemporaryDirectory(prefix="nianbao-offline-") as name:
        folder = Path(name)
        bundle = options.bundle.absolute() if options.bundle else _made(folder / "bundle")
        tree = _tree(folder / "tree") if options.tree else _unpacked(bundle, folder / "tree")
        return _tried(cut, bundle, tree)


def _made(bundle: Path) -> Path:
    abi, _, machine = this_machine().partition("-")
    target = Target(f"{abi[2]}.{abi[3:]}", machine)
    options = ["--python", target.python, "--machine", machine, "--out", str(bundle)]
    assert make_bundle(options) == 0
    return bundle


def _tree(target: Path) -> Path:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    for path in filter(None, listed):
        if (ROOT / path).is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes((ROOT / path).read_bytes())
    return target


def _unpacked(bundle: Path, target: Path) -> Path:
    [project] = bundle.glob("nianbao-*.tar.gz")
    with tarfile.open(project) as archive:
        archive.extractall(target, filter="data")
    [tree] = target.iterdir()
    return tree


def _tried(cut: Sequence[str], bundle: Path, tree: Path) -> int:
    nianbao = str(tree / ".venv" / "bin" / "nianbao")
    steps: list[tuple[str, list[str], bool]] = [
        ("the network is cut", [sys.executable, "-c", _IS_CUT], False),
        ("install", ["make", "install", f"OFFLINE={bundle}", f"PYTHON={sys.executable}"], True),
        ("consistent", [str(tree / ".venv" / "bin" / "python"), "-m", "pip", "check"], True),
        ("airflow", [str(tree / ".venv" / "bin" / "airflow"), "version"], True),
        ("a report is read", [nianbao, "parse", _REPORT], True),
    ]
    for name, command, works in steps:
        began = time.monotonic()
        done = subprocess.run(
            [*cut, *command], cwd=tree, env=_environment(tree), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        seconds = time.monotonic() - began
        ok = (done.returncode == 0) == works
        print(f"{'ok' if ok else 'FAILED':8}{name} ({seconds:.0f} s)")
        if not ok:
            print(done.stdout[-2000:], done.stderr[-2000:])
            return 1
    return 0


def _environment(tree: Path) -> dict[str, str]:
    """Return an environment that knows of no index and of no cache."""
    hidden = ("PIP_", "UV_", "VIRTUAL_ENV", "AIRFLOW", "NIANBAO", "MAKE", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return kept | {
        "HOME": str(tree),
        "AIRFLOW_HOME": str(tree / ".airflow"),
        "PIP_NO_CACHE_DIR": "1",
    }


if __name__ == "__main__":
    sys.exit(main())

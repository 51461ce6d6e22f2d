"""`make install OFFLINE=…`, its first step: is the bundle whole, and for this machine?

Prints the file of requirements to install; else one line on stderr, and exit code 2.
"""

import platform
import sys
from pathlib import Path

from nianbao_airflow.bundle.manifest import problem


def this_machine() -> str:
    """Return the target that this Python and machine are."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    return f"cp{sys.version_info[0]}{sys.version_info[1]}-{machine}"


def main(folder: Path, lock: Path, target: str) -> int:
    """Check a bundle for a target."""
    if found := problem(folder, target, lock):
        sys.stderr.write(f"bundle: {found}\n")
        return 2
    sys.stdout.write(f"{folder / 'requirements' / target}.txt\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path("requirements.lock"), this_machine()))

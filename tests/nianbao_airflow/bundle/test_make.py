"""What goes into a bundle: of the lock what a target needs, wheels by hash, and no more."""

from pathlib import Path

import pytest

from nianbao_airflow.bundle import wheels
from nianbao_airflow.bundle.debian import packages_named
from nianbao_airflow.bundle.make import NAMING_DEBIAN, make
from nianbao_airflow.bundle.manifest import file_hash
from nianbao_airflow.bundle.targets import Pinned, Target, pinned
from nianbao_airflow.local.errors import RunnerError

ROOT = Path(__file__).resolve().parents[3]
ONE, TWO = "1" * 64, "2" * 64
LOCK = f"""\
# made by make lock
everywhere==1.0 \\
    --hash=sha256:{ONE} \\
    --hash=sha256:{TWO}
    # via something
Old_Python==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:{ONE}
arm==3.0 ; platform_machine == 'aarch64' \\
    --hash=sha256:{ONE}
windows==4.0 ; sys_platform == 'win32' \\
    --hash=sha256:{ONE}
"""


def test_conditions_are_those_of_the_target_and_not_of_this_machine() -> None:
    names = {
        target.name: [one.name for one in pinned(LOCK, target)]
        for target in (Target("3.11", "x86_64"), Target("3.13", "aarch64"))
    }
    assert names == {
        "cp311-x86_64": ["everywhere", "old-python"],
        "cp313-aarch64": ["everywhere", "arm"],
    }


def test_all_hashes_of_the_lock_are_kept() -> None:
    [one, _] = pinned(LOCK, Target("3.11", "x86_64"))
    assert one == Pinned("everywhere", "1.0", (ONE, TWO))
    assert one.line(one.hashes) == f"everywhere==1.0 --hash=sha256:{ONE} --hash=sha256:{TWO}"


@pytest.mark.parametrize(
    "line", ["a==1.0", f"a>=1.0 --hash=sha256:{ONE}", f"!! --hash=sha256:{ONE}"]
)
def test_a_lock_that_pins_nothing_is_refused(line: str) -> None:
    with pytest.raises(RunnerError, match=r"requirements\.lock"):
        pinned(line, Target("3.11", "x86_64"))


def test_the_real_lock_is_understood_for_every_target() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    names = {one.name for one in pinned(text, Target("3.12", "aarch64"))}
    assert {"apache-airflow", "duckdb", "hatchling"} <= names
    assert not {"pywin32", "appnope"} & names


def test_no_wheel_needs_a_newer_c_library() -> None:
    tags = list(Target("3.11", "aarch64").platforms(28))
    assert "manylinux_2_28_aarch64" in tags
    assert "manylinux_2_29_aarch64" not in tags


def test_the_requirements_name_exactly_the_files_of_the_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pip(*arguments: str) -> None:
        folder = Path(arguments[arguments.index("--dest") + 1])
        (folder / "everywhere-1.0-py3-none-any.whl").write_bytes(b"wheel")

    monkeypatch.setattr(wheels, "_pip", pip)
    packages = [Pinned("everywhere", "1.0", (ONE,))]
    written = wheels.collect(tmp_path, Target("3.11", "x86_64"), packages)
    wheel = tmp_path / "wheels" / "everywhere-1.0-py3-none-any.whl"
    assert written.read_text("utf-8").splitlines() == [
        "--no-index",
        "--find-links ../wheels",
        f"everywhere==1.0 --hash=sha256:{file_hash(wheel)}",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["requirements", "wheels"]


@pytest.mark.parametrize(
    ("built", "match"),
    [
        ("native-1.0-cp311-cp311-linux_x86_64.whl", "has to be built on cp311-aarch64 itself"),
        (None, "has no wheel for cp311-aarch64: ERROR: nothing"),
    ],
)
def test_what_no_wheel_can_be_had_of_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built: str | None, match: str
) -> None:
    def pip(*arguments: str) -> str | None:
        if arguments[0] == "download" or built is None:
            return "ERROR: nothing"
        Path(arguments[-1], built).write_bytes(b"wheel")
        return None

    monkeypatch.setattr(wheels, "_pip", pip)
    with pytest.raises(RunnerError, match=match):
        wheels.collect(tmp_path, Target("3.11", "aarch64"), [Pinned("native", "1.0", (ONE,))])


def test_a_package_of_python_alone_is_built_from_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pip(*arguments: str) -> str | None:
        if arguments[0] == "download":
            return "ERROR: nothing"
        Path(arguments[-1], "pure-1.0-py3-none-any.whl").write_bytes(b"wheel")
        return None

    monkeypatch.setattr(wheels, "_pip", pip)
    wheels.collect(tmp_path, Target("3.11", "aarch64"), [Pinned("pure", "1.0", (ONE,))])
    assert (tmp_path / "wheels" / "pure-1.0-py3-none-any.whl").exists()


def test_debian_packages_are_those_that_the_project_names() -> None:
    text = """
    apt-get update -qq
      apt-get install -y -qq --no-install-recommends \\
        ca-certificates chromium \\
        make python3-venv >/dev/null && apt-get install $MORE fonts-noto-cjk
    """
    assert packages_named(text) == {
        "ca-certificates", "chromium", "make", "python3-venv", "fonts-noto-cjk",
    }  # fmt: skip
    named = set().union(
        *(packages_named((ROOT / path).read_text("utf-8")) for path in NAMING_DEBIAN)
    )
    assert {"chromium", "fonts-noto-cjk", "libreoffice-writer-nogui"} <= named
    assert not {"apt-get", "rm", "RUN", "install"} & named


def test_a_folder_that_is_no_bundle_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    options = type("Options", (), {"out": str(tmp_path)})()
    with pytest.raises(RunnerError, match="is no bundle"):
        make(options, None)  # type: ignore[arg-type]
    assert (tmp_path / "thesis.txt").exists()

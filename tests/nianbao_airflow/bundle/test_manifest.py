"""A bundle that is not whole, or is for another machine, is refused with one line."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao_airflow.bundle.check import main, this_machine
from nianbao_airflow.bundle.manifest import MANIFEST, file_hash, write_manifest

ROOT = Path(__file__).resolve().parents[3]
TARGET = "cp311-x86_64"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    (tmp_path / "requirements.lock").write_text("a==1\n", "utf-8")
    return tmp_path / "requirements.lock"


@pytest.fixture
def bundle(tmp_path: Path, lock: Path) -> Path:
    folder = tmp_path / "a bundle"
    for path, text in (
        ("wheels/a-1-py3-none-any.whl", "wheel"),
        (f"requirements/{TARGET}.txt", "a"),
    ):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(text, "utf-8")
    about = {"version": "0.1.0", "lock": file_hash(lock), "targets": [TARGET, "cp312-aarch64"]}
    write_manifest(folder, about)
    return folder


def refused(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path, target: str = TARGET
) -> str:
    assert main(bundle, lock, target) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err.strip()


def test_a_whole_bundle_names_its_requirements(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path
) -> None:
    assert main(bundle, lock, TARGET) == 0
    assert capsys.readouterr().out.strip() == str(bundle / "requirements" / f"{TARGET}.txt")


def test_a_missing_a_foreign_and_a_changed_file(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path
) -> None:
    wheel = bundle / "wheels" / "a-1-py3-none-any.whl"
    wheel.write_text("other", "utf-8")
    changed = refused(capsys, bundle, lock)
    wheel.unlink()
    missing = refused(capsys, bundle, lock)
    wheel.write_text("wheel", "utf-8")
    (bundle / "wheels" / "evil-9-py3-none-any.whl").touch()
    foreign = refused(capsys, bundle, lock)
    assert (changed, missing, foreign) == (
        "bundle: changed in the bundle: wheels/a-1-py3-none-any.whl",
        "bundle: missing in the bundle: wheels/a-1-py3-none-any.whl",
        "bundle: not of the bundle: wheels/evil-9-py3-none-any.whl",
    )


def test_a_link_to_the_same_bytes_is_no_file_of_the_bundle(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path, tmp_path: Path
) -> None:
    wheel = bundle / "wheels" / "a-1-py3-none-any.whl"
    wheel.replace(tmp_path / "elsewhere")
    wheel.symlink_to(tmp_path / "elsewhere")
    assert "changed in the bundle" in refused(capsys, bundle, lock)


@pytest.mark.parametrize("target", ["cp311-aarch64", "cp313-x86_64"])
def test_another_machine_or_python(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path, target: str
) -> None:
    said = refused(capsys, bundle, lock, target)
    assert said.startswith(
        f"bundle: this machine needs {target}, and the bundle is for {TARGET}, cp3"
    )


def test_another_lock(capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path) -> None:
    lock.write_text("a==2\n", "utf-8")
    assert "made for another requirements.lock" in refused(capsys, bundle, lock)


@pytest.mark.parametrize(
    "text", [None, "", "[]", '{"format": "other"}', '{"format": "nianbao-bundle/1"}']
)
def test_no_list_or_a_damaged_one(
    capsys: pytest.CaptureFixture[str], bundle: Path, lock: Path, text: str | None
) -> None:
    (bundle / MANIFEST).unlink()
    if text is not None:
        (bundle / MANIFEST).write_text(text, "utf-8")
    assert MANIFEST in refused(capsys, bundle, lock)


def test_the_list_names_every_file_but_itself(bundle: Path) -> None:
    listed = json.loads((bundle / MANIFEST).read_text("utf-8"))["files"]
    assert sorted(listed) == ["requirements/cp311-x86_64.txt", "wheels/a-1-py3-none-any.whl"]


def test_the_check_needs_python_alone(bundle: Path, lock: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", _CHECK, str(ROOT / "include"), str(bundle)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() in {"2", "0"}


_CHECK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from nianbao_airflow.bundle.check import main, this_machine
import contextlib, io
with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
    code = main(Path(sys.argv[2]), Path("requirements.lock"), this_machine())
print(code)
"""


def test_this_machine_is_named_as_the_targets_are() -> None:
    assert this_machine().startswith(f"cp3{sys.version_info[1]}-")


def test_make_refuses_a_damaged_bundle_before_it_installs(bundle: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    (tree / ".venv" / "bin").mkdir(parents=True)
    for name in ("python", "pip"):
        (tree / ".venv" / "bin" / name).symlink_to(sys.executable)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tree)
    (tree / "include").symlink_to(ROOT / "include")
    command = ["make", "install", f"OFFLINE={bundle}", f"PYTHON={sys.executable}"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("bundle: ")
    assert not (tree / ".venv" / ".installed").exists()

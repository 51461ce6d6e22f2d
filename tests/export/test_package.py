"""`datapackage.json` describes every file, and the standard's own program agrees."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from nianbao.export.source import Published


@pytest.fixture(scope="module")
def descriptor(exported: Path) -> dict[str, Any]:
    return dict(json.loads((exported / "datapackage.json").read_text("utf-8")))


def files(resource: dict[str, Any]) -> list[dict[str, Any]]:
    return list(resource.get("files", [resource]))


def test_the_csv_files_fit_their_schemas_keys_and_references(
    descriptor: dict[str, Any], exported: Path
) -> None:
    tables = [resource for resource in descriptor["resources"] if "dialect" in resource]
    package = Package.from_descriptor({**descriptor, "resources": tables}, basepath=str(exported))
    report = package.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_the_descriptor_is_valid_as_a_whole(descriptor: dict[str, Any], exported: Path) -> None:
    package = Package.from_descriptor(descriptor, basepath=str(exported))
    assert len(package.resources) == len(descriptor["resources"])


def test_every_file_is_described_with_its_bytes_and_hash(
    descriptor: dict[str, Any], exported: Path
) -> None:
    described = {file["path"]: file for one in descriptor["resources"] for file in files(one)}
    notes = {"README.txt", "CITATION.txt", "LICENCE.txt", "datapackage.json"}
    found = {
        path.relative_to(exported).as_posix() for path in exported.rglob("*") if path.is_file()
    }
    assert set(described) == found - notes
    for name, file in described.items():
        data = (exported / name).read_bytes()
        assert file["bytes"] == len(data)
        assert file["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_it_says_version_licence_and_source(descriptor: dict[str, Any], source: Published) -> None:
    assert descriptor["version"] == source.version
    assert descriptor["content_hash"] == f"sha256:{source.content_hash}"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert descriptor["sources"]


@pytest.mark.parametrize("name", ["README.txt", "CITATION.txt", "LICENCE.txt"])
def test_the_notes_are_filled_in(exported: Path, name: str) -> None:
    text = (exported / name).read_text("utf-8")
    assert "{" not in text
    assert not text.isascii()


def test_the_citation_names_version_hash_and_date(exported: Path, source: Published) -> None:
    text = (exported / "CITATION.txt").read_text("utf-8")
    assert all(part in text for part in (source.version, source.content_hash, "2026-03-01"))

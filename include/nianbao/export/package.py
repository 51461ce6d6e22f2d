"""`datapackage.json`: every file of an export described, after the Data Package standard."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.export.catalog import Column, Relation
from nianbao.export.csv_files import csv_columns
from nianbao.export.declared import load_declared, read_yaml
from nianbao.export.meanings import field_type
from nianbao.export.source import Published

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Written:
    """Files of one format that hold one table, or that stand for themselves."""

    name: str
    format: str
    paths: tuple[Path, ...]
    relation: Relation | None = None
    """The table; `None` for files with a layout of their own."""
    description: str = ""


def package(
    source: Published, written: Iterable[Written], folder: Path, facts: dict[str, str]
) -> dict[str, Any]:
    """Return the descriptor of the files written below `folder`."""
    declared = read_yaml("citation.yaml")
    return {
        "profile": "data-package",
        "name": "nianbao",
        "id": f"nianbao-{source.version}",
        "title": declared["title"],
        "description": f"{declared['description']} Selection: {facts['selection']}.",
        "version": source.version,
        "created": source.published_at,
        "homepage": declared["home"],
        "licenses": declared["licences"],
        "keywords": declared["keywords"],
        "sources": [
            {"title": "Annual reports as published; each report's address is in reports.source_url"}
        ],
        "content_hash": f"sha256:{source.content_hash}",
        "citation": facts["citation"],
        "resources": [_resource(one, folder) for one in written],
    }


def _resource(written: Written, folder: Path) -> dict[str, Any]:
    files = [_file(path, folder) for path in written.paths]
    paths = [file["path"] for file in files]
    resource: dict[str, Any] = {
        "name": f"{written.name}-{written.format}".replace("_", "-").lower(),
        "path": paths[0] if len(paths) == 1 else paths,
        "title": written.name,
        "description": written.description or (written.relation and written.relation.comment) or "",
        "format": written.format,
        "bytes": sum(file["bytes"] for file in files),
    }
    if len(files) == 1:
        resource["hash"] = files[0]["hash"]
    else:
        resource["files"] = files
    if written.relation is not None:
        resource |= _table(written.relation, written.format)
    return {key: value for key, value in resource.items() if value != ""}


def _table(relation: Relation, form: str) -> dict[str, Any]:
    if form != "csv":
        return {"profile": "data-resource", "schema": _schema(relation, relation.columns)}
    schema = _schema(relation, csv_columns(relation))
    if relation.name in load_declared().of_reports:
        # Of the CSV files only: a package may have them alone, and Parquet's are checked by the build.
        reference = {"resource": "reports-csv", "fields": ["report_id"]}
        schema["foreignKeys"] = [{"fields": ["report_id"], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": schema,
    }


def _schema(relation: Relation, columns: Sequence[Column]) -> dict[str, Any]:
    declared = load_declared()
    key = declared.keys.get(relation.name, ())
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
    }
    if key and set(key) <= set(relation.names):
        schema["primaryKey"] = list(key)
    return schema


def _field(column: Column) -> dict[str, Any]:
    facts = {
        "name": column.name,
        "type": field_type(column.type),
        "description": column.comment,
        "unit": column.unit,
    }
    return {key: value for key, value in facts.items() if value}


def _file(path: Path, folder: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return {
        "path": path.relative_to(folder).as_posix(),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest.hexdigest()}",
    }

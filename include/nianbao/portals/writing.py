"""Portal records written as YAML: names in the model's order, notes above as comments."""

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

import yaml

from nianbao.model import Agency, Portal

_SCHEMA_LINE = "# yaml-language-server: $schema={up}schema.json"
_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list below their name, as yamllint wants them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def record_yaml(record: Mapping[str, Any], notes: Iterable[str] = (), *, depth: int = 1) -> str:
    """Return the text of a record's file, `depth` folders below the registry's."""
    lines = [_SCHEMA_LINE.format(up="../" * depth)]
    lines += [f"# {line}".rstrip() for note in notes for line in wrap(note, _WIDTH) or [""]]
    body = yaml.dump(
        _in_order(record), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=190
    )
    return "\n".join(lines) + "\n" + body


def order_of_names(record: Mapping[str, Any]) -> list[str]:
    """Return a record's names as its file has to have them: as the model declares them."""
    return [name for name in Portal.model_fields if name in record]


def _in_order(record: Mapping[str, Any]) -> dict[str, Any]:
    ordered = {name: record[name] for name in order_of_names(record)}
    if "agencies" in ordered:
        ordered["agencies"] = [
            {name: agency[name] for name in Agency.model_fields if name in agency}
            for agency in ordered["agencies"]
        ]
    return ordered

"""Every shipped record and every family, whatever is added: no new record needs a test of its own."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from jsonschema import Draft202012Validator
from yamllint import linter
from yamllint.config import YamlLintConfig

from nianbao.errors import ConfigurationError
from nianbao.model import Agency, Portal
from nianbao.model.portal import Politeness
from nianbao.portals import load_portal, load_portals, portal_schema
from nianbao.portals.checks import registry_faults
from nianbao.portals.families import FAMILIES, family_named
from nianbao.portals.provinces import CENTRAL, provinces
from nianbao.portals.writing import order_of_names

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "include" / "portals"
RECORDS = sorted(REGISTRY.rglob("*.yaml"))
LINT = YamlLintConfig(file=str(ROOT / ".yamllint"))
SCHEMA = portal_schema()
LAST_YEAR = datetime.now(UTC).year - 1
WITHOUT_RECORD = {"inbox", "webplus"}
"""Collected by hand; universities, of which the registry has none."""

every_record = pytest.mark.parametrize(
    "path", RECORDS, ids=lambda path: path.relative_to(REGISTRY).with_suffix("").as_posix()
)


def plain(path: Path) -> Any:
    """Return a record as editors see it: JSON, with dates as text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))


@every_record
def test_a_record_is_valid(path: Path):
    portal = load_portal(path, REGISTRY)
    assert portal.id.split("/")[0] in {*provinces(), CENTRAL}
    assert portal.verified != "sample"


@every_record
def test_a_record_is_what_the_schema_accepts(path: Path):
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(plain(path))] == []


@every_record
def test_a_record_tells_editors_its_schema(path: Path):
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert named
    assert (path.parent / named[1]).resolve() == REGISTRY / "schema.json"


@every_record
def test_a_record_is_formatted(path: Path):
    text = path.read_text("utf-8")
    assert [str(problem) for problem in linter.run(text, LINT)] == []
    record = yaml.safe_load(text)
    assert list(record) == order_of_names(record)
    for agency in record.get("agencies", ()):
        assert list(agency) == [name for name in Agency.model_fields if name in agency]


@every_record
def test_hosts_are_the_governments(path: Path):
    # Copies of reports stand on look-alike domains.
    assert all(host.endswith(".gov.cn") for host in load_portal(path, REGISTRY).hosts)


@every_record
def test_a_harvest_of_last_year_begins_inside_the_allow_list(path: Path):
    portal = load_portal(path, REGISTRY)
    step = family_named(portal.family).start(portal, (LAST_YEAR,))
    urls = [one.url for one in (*step.requests, *step.leads)]
    assert urls
    assert {urlsplit(url).hostname for url in urls} <= {*portal.hosts}


@every_record
def test_what_nobody_has_seen_is_explained(path: Path):
    portal = load_portal(path, REGISTRY)
    if portal.verified != "live":
        comments = [x for x in path.read_text("utf-8").splitlines() if x.startswith("# ")]
        assert len(comments) > 2
    if not portal.enabled:
        assert portal.status_note


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - WITHOUT_RECORD))
def test_every_family_has_a_record(name: str):
    assert name in {portal.family for portal in load_portals(REGISTRY)}


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_family_refuses_a_record_without_a_start_or_with_a_parameter_it_ignores(name: str):
    portal = Portal(id="a", name="a", family=name)
    start = "/tmp/inbox" if name == "inbox" else "http://a.gov.cn/"
    with pytest.raises(ConfigurationError, match="start_urls"):
        FAMILIES[name].check(portal)
    unknown = {"start_urls": (start,), "params": {"colour": "red"}}
    with pytest.raises(ConfigurationError, match="colour"):
        FAMILIES[name].check(portal.model_copy(update=unknown))


def test_the_records_do_not_contradict_each_other():
    assert registry_faults(load_portals(REGISTRY)) == []


def test_the_registry_covers_the_country_and_the_seeds():
    portals = load_portals(REGISTRY)
    assert len(portals) >= 50
    assert len({portal.id.split("/")[0] for portal in portals} - {CENTRAL}) >= 15
    names = {agency.name for portal in portals for agency in portal.agencies}
    assert names >= {
        "下城区商务局",
        "新乡市牧野区商务局",
        "二七区工业和信息化局",
        "肥城市商务局",
        "乌苏市商务和工业信息化局",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nmae", "x"),
        ("family", "hanwep"),
        ("hosts", "www.example.gov.cn"),
        ("verified", "yes"),
        ("agencies", [{"id": "a", "name": "x", "credit_cod": "x"}]),
        ("agencies", [{"id": "a", "name": "x", "credit_code": "123"}]),
        ("agencies", [{"id": "a", "name": "x", "division": 370983}]),
        ("agencies", [{"name": "x"}]),
        ("agencies_file", "../x.csv"),
        ("expected", {"minimum": 1}),
        ("expected", {"min": -1}),
        ("years", {"from": 2020}),
        ("years", {"first": 20}),
        ("politeness", {"seconds": 1}),
        ("stage", "publish"),
        ("enabled", "sometimes"),
    ],
)
def test_the_schema_refuses(name: str, value: object):
    record = {"name": "x", "family": "hanweb"}
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, name: value})


def test_the_schema_explains_every_setting():
    described = [*SCHEMA["properties"].values(), *SCHEMA["$defs"]["Agency"]["properties"].values()]
    assert sum("description" in one for one in described) > 20


def test_the_page_on_portals_has_every_setting_and_every_family():
    text = (ROOT / "docs" / "portals.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", text))
    models = (Portal, Agency, Politeness)
    settings = {name for model in models for name in model.model_fields}
    assert settings <= named
    assert FAMILIES.keys() <= named


def test_the_page_on_portals_has_every_parameter():
    text = (ROOT / "docs" / "portals.md").read_text("utf-8")
    for name, family in FAMILIES.items():
        (row,) = re.findall(rf"^\| `{name}` .*$", text, re.MULTILINE)
        assert all(param in row for param in getattr(family, "params", ()))

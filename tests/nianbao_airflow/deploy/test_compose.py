"""`docker-compose.yaml` and `Dockerfile`, held by program: no engine runs where these tests do."""

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from nianbao.settings import Settings
from nianbao_airflow.access.sync import PASSWORDS
from nianbao_airflow.deploy.secret_files import SWITCH, write_secrets
from nianbao_airflow.queues import QUEUES
from support.compose_file import FILE, ROOT, compose, interpolated

SERVICES = sorted(compose()["services"])
AIRFLOW = [name for name in SERVICES if "build" in compose()["services"][name]]
UNDESCRIBED = {"NUM_STUCK_IN_QUEUED_RETRIES"}
"""Options that Airflow reads, and whose description it lacks."""
WORKERS = [name for name in AIRFLOW if name.startswith("worker-")]


def service(name: str) -> dict[str, Any]:
    described: dict[str, Any] = compose()["services"][name]
    return described


def test_the_file_is_what_the_specification_calls_a_compose_file() -> None:
    kept = files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    jsonschema.validate(compose(), json.loads(kept.read_text("utf-8")))


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_held_in_bounds(name: str) -> None:
    found = service(name)
    limits = found["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory", "pids"}
    assert found["logging"]["options"] == {"max-size": "10m", "max-file": "5"}
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_is_root_or_writes_to_its_image(name: str) -> None:
    user, group = service(name)["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert service(name)["read_only"] is True
    assert not service(name).get("privileged", False)


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "init"])
def test_every_service_that_stays_tells_whether_it_is_well(name: str) -> None:
    assert service(name)["healthcheck"]["test"]
    assert service(name)["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_to_a_version(name: str) -> None:
    image = service(name)["image"]
    if name in AIRFLOW:
        assert image == "${NIANBAO_IMAGE:-nianbao:local}"
    else:
        assert re.fullmatch(r"[\w./-]+:\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?", image)


def test_only_the_api_server_is_published_and_only_on_loopback() -> None:
    published = {name: service(name)["ports"] for name in SERVICES if "ports" in service(name)}
    assert published == {"api-server": ["127.0.0.1:${NIANBAO_PORT:-8080}:8080"]}


def test_only_what_has_to_reach_the_internet_can() -> None:
    assert compose()["networks"]["inner"] == {"internal": True}
    outside = {name for name in SERVICES if "outer" in service(name)["networks"]}
    assert outside == {"api-server", "dag-processor", *WORKERS}


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_can_neither_open_the_metadata_nor_sign_a_login(name: str) -> None:
    assert set(service(name)["secrets"]) == {"celery_broker", "celery_results", "s3_credentials"}


def test_every_queue_has_its_worker() -> None:
    commands = [service(name)["command"] for name in WORKERS]
    asked = {command[command.index("--queues") + 1] for command in commands}
    assert asked == set(QUEUES)


def test_the_warehouse_has_one_worker_with_one_place() -> None:
    command = service("worker-warehouse")["command"]
    assert command[command.index("--concurrency") + 1] == "1"
    assert "replicas" not in service("worker-warehouse")["deploy"]


@pytest.mark.parametrize("name", AIRFLOW)
def test_names_of_the_environment_are_those_that_something_reads(name: str) -> None:
    unknown = [key for key in service(name)["environment"] if not is_known(key)]
    assert unknown == []


def is_known(key: str) -> bool:
    if key.startswith("NIANBAO_"):
        field = key.removeprefix("NIANBAO_").lower()
        return field in Settings.model_fields or key == PASSWORDS
    if match := re.fullmatch(r"AIRFLOW__([A-Z0-9_]+?)__([A-Z0-9_]+?)(_CMD)?", key):
        section, option, command = match.groups()
        if option in UNDESCRIBED:
            return True
        described = airflow_options().get(section.lower(), {}).get(option.lower())
        return described is not None and (not command or described.get("sensitive", False))
    return key == "AIRFLOW_HOME" or key.startswith("AWS_")


@cache
def airflow_options() -> dict[str, dict[str, Any]]:
    from airflow.configuration import retrieve_configuration_description

    described = retrieve_configuration_description(include_providers=True)
    return {section: told["options"] for section, told in described.items()}


@pytest.mark.parametrize("name", AIRFLOW)
def test_links_lead_to_one_address_wherever_they_are_made(name: str) -> None:
    written = service(name)["environment"]["AIRFLOW__API__BASE_URL"]
    assert interpolated(written, {}) == "http://localhost:8080"
    assert interpolated(written, {"NIANBAO_PORT": "81"}) == "http://localhost:81"
    public = "https://nianbao.example.gov.cn"
    assert interpolated(written, {"NIANBAO_BASE_URL": public}) == public


@pytest.mark.parametrize("name", AIRFLOW)
def test_the_users_own_settings_reach_every_part_and_none_is_made_empty(name: str) -> None:
    assert service(name)["env_file"] == [{"path": "nianbao.env", "required": False}]
    # What stands here too would win over the file.
    theirs = ("NIANBAO_NOTIFY_", "NIANBAO_VERDICTS_", "NIANBAO_VERSIONS_", "AIRFLOW__METRICS__")
    assert [key for key in service(name)["environment"] if key.startswith(theirs)] == []


def test_without_secrets_it_stops_and_says_what_to_do() -> None:
    for described in compose()["secrets"].values():
        with pytest.raises(LookupError, match="run 'make secrets' first"):
            interpolated(described["file"], {})


def test_each_secret_is_a_file_that_the_command_writes(tmp_path: Path) -> None:
    write_secrets(tmp_path)
    wanted = {
        name: Path(interpolated(described["file"], {SWITCH: str(tmp_path)}))
        for name, described in compose()["secrets"].items()
    }
    assert {name: file.name for name, file in wanted.items()} == {name: name for name in wanted}
    assert [file for file in wanted.values() if not file.is_file()] == []
    used = {one for name in SERVICES for one in service(name).get("secrets", [])}
    assert used == set(wanted)


def test_no_password_stands_in_the_file() -> None:
    text = FILE.read_text("utf-8")
    assert re.findall(r"(?i)(?:password|secret|token|key)\w*: *[\"']?[\w-]{6,}[\"']?$", text) == []
    assert re.findall(r"://[^/\s:]+:[^@\s$]+@", text) == []


def test_secrets_never_enter_the_image_or_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"deploy/secrets/", ".env", "nianbao.env"} <= set(ignored)
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert allowed[0] == "*"
    assert not [line for line in allowed if line.startswith(("!deploy", "!.env"))]


def test_the_dockerfile_has_nothing_that_its_linter_minds() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("hadolint has no wheel for this machine")
    done = subprocess.run(
        [linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_the_image_runs_as_the_user_that_the_services_name() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["50000:50000"]
    assert {service(name)["user"] for name in AIRFLOW} == {"50000:50000"}


@cache
def chart_values() -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(
        (ROOT / "deploy/kubernetes/values.yaml").read_text("utf-8")
    )
    return values


def test_the_chart_makes_no_user_of_its_own() -> None:
    values = chart_values()
    assert values["createUserJob"] == {"enabled": False, "defaultUser": {"enabled": False}}
    assert values["webserver"]["defaultUser"] == {"enabled": False}


def test_the_pod_that_prepares_has_the_first_password() -> None:
    scheduler = chart_values()["scheduler"]
    [variable], [mount], [volume] = (
        scheduler[part] for part in ("env", "extraVolumeMounts", "extraVolumes")
    )
    assert variable == {"name": PASSWORDS, "value": f"{mount['mountPath']}/passwords"}
    assert volume == {"name": mount["name"], "secret": {"secretName": "nianbao-passwords"}}


def test_every_secret_of_the_chart_is_made_in_the_docs() -> None:
    values = (ROOT / "deploy/kubernetes/values.yaml").read_text("utf-8")
    told = (ROOT / "docs/operations.md").read_text("utf-8")
    named = set(re.findall(r"[sS]ecretName: ([\w-]+)", values))
    assert named == set(re.findall(r"kubectl create secret generic ([\w-]+)", told))


def test_the_charts_values_give_the_workers_of_the_compose_file() -> None:
    values = chart_values()
    sets = {one["name"]: one for one in values["workers"]["celery"]["sets"]}
    assert {one["queue"] for one in sets.values()} == set(QUEUES)
    assert sets["warehouse"]["replicas"] == 1

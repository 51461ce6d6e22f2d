"""The settings of a local Airflow."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from nianbao_airflow.local import environment, sample
from nianbao_airflow.local.place import Place, demo_place, up_place
from nianbao_airflow.local.server import Server, free_port
from nianbao_airflow.names import SEASON_SWITCH


@pytest.fixture
def place(tmp_path):
    return Place("trial", tmp_path / "50% off", tmp_path / "data")


def test_everything_listens_on_loopback_only(place):
    given = environment.variables(place, 8123, paused=True)
    assert given["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert given["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8123/execution/"


def test_nobody_is_logged_in_without_a_password(place):
    given = environment.variables(place, 1, paused=True)
    assert "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS" not in given
    assert given["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "admin:admin"


def test_real_work_has_users_with_roles_and_the_demo_one_login(place):
    given = environment.variables(place, 1, paused=True, with_roles=True)
    assert given["AIRFLOW__CORE__AUTH_MANAGER"].endswith("FabAuthManager")
    assert not any("SIMPLE_AUTH" in name for name in given)


def test_what_connections_keep_is_encrypted(place):
    key = environment.variables(place, 1, paused=True)["AIRFLOW__CORE__FERNET_KEY"]
    assert Fernet(key).decrypt(Fernet(key).encrypt(b"geheim")) == b"geheim"


def test_a_percent_sign_in_a_path_is_no_interpolation(place):
    given = environment.variables(place, 1, paused=True)
    assert "50%% off" in given["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert "50% off" in given["AIRFLOW_HOME"]


def test_real_dags_are_paused_until_somebody_wants_them(place):
    paused = "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION"
    assert environment.variables(place, 1, paused=True)[paused] == "True"
    assert environment.variables(place, 1, paused=False)[paused] == "False"


def test_the_demo_owes_nothing_to_the_users_settings(place, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", "/real")
    monkeypatch.setenv("NIANBAO_ARCHIVE_URL", "s3://real")
    given = environment.nianbao_variables(place, sample=True)
    assert given["NIANBAO_HOME"] == str(place.data)
    assert given[SEASON_SWITCH] == "off"
    assert "NIANBAO_ARCHIVE_URL" not in given


def test_real_work_follows_the_users_settings(place, monkeypatch):
    monkeypatch.setenv("NIANBAO_ARCHIVE_URL", "s3://real")
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://mail")
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    given = environment.nianbao_variables(place, sample=False)
    assert given["NIANBAO_ARCHIVE_URL"] == "s3://real"
    assert given["AIRFLOW_CONN_SMTP_DEFAULT"] == "smtp://mail"
    assert "AIRFLOW__CORE__EXECUTOR" not in given
    assert SEASON_SWITCH not in given
    assert Path(given["NIANBAO_PORTALS_DIR"]).parts[-2:] == ("include", "portals")


def test_the_address_and_the_logins_of_real_work_are_the_users(place, monkeypatch):
    theirs = {
        "AIRFLOW__API__BASE_URL": "https://nianbao.example.gov.cn",
        "AIRFLOW__FAB__ENABLE_PROXY_FIX": "True",
    }
    for name, value in theirs.items():
        monkeypatch.setenv(name, value)
    assert server_environment(place, sample=False).items() >= theirs.items()
    demo = server_environment(place, sample=True)
    assert demo["AIRFLOW__API__BASE_URL"] == "http://127.0.0.1:8123"
    assert "AIRFLOW__FAB__ENABLE_PROXY_FIX" not in demo


def server_environment(place, *, sample):
    return Server(place, None, sample=sample, port=8123)._env


def test_another_airflow_of_the_users_does_not_leak_in(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("NO_PROXY", "intranet")
    kept = environment.inherited()
    assert not any(name.startswith(("AIRFLOW_", "NIANBAO_")) for name in kept)
    assert kept["NO_PROXY"] == "intranet,127.0.0.1,127.0.0.2,localhost"


def test_demo_and_real_work_share_no_state():
    demo, up = demo_place(), up_place()
    assert demo.airflow_home != up.airflow_home
    assert demo.data != up.data


def test_secrets_are_kept_and_private(place):
    first = place.secret("password")
    assert place.secret("jwt") != first
    assert place.secret("password") == first
    mode = (place.airflow_home / "secrets.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_free_port_is_found_where_the_preferred_one_is_taken():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert free_port(number) not in {0, number}
    assert free_port(number) == number


def test_the_sample_portals_keep_their_ports(place):
    assert sample.stable_ports(place) == sample.stable_ports(place)

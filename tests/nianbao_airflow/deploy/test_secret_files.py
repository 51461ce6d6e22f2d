"""`make secrets`: one file each, made once, closed to others."""

import json
from pathlib import Path

from nianbao_airflow.deploy.secret_files import Hosts, main, write_secrets, write_switch


def texts(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir()}


def test_what_is_there_is_never_replaced(tmp_path: Path) -> None:
    write_secrets(tmp_path)
    before = texts(tmp_path)
    (tmp_path / "fernet_key").unlink()
    assert write_secrets(tmp_path) == ["fernet_key"]
    after = texts(tmp_path)
    assert after.pop("fernet_key") != before.pop("fernet_key")
    assert after == before


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_secrets(tmp_path / name)
    one, two = texts(tmp_path / "one"), texts(tmp_path / "two")
    assert [name for name in one if one[name] == two[name]] == []


def test_the_folder_is_closed_and_the_containers_can_read_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    write_secrets(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}


def test_addresses_quote_the_passwords_of_their_roles(tmp_path: Path) -> None:
    write_secrets(tmp_path, Hosts("db:1", "queue:2"))
    known = texts(tmp_path)
    roles = {"airflow_database": "airflow", "celery_results": "results"}
    for name, role in roles.items():
        assert f"//{role}:{known[f'{role}_password']}@db:1/{role}" in known[name]
    assert known["celery_broker"] == f"redis://:{known['redis_password']}@queue:2/0"
    assert f"requirepass {known['redis_password']}" in known["redis_config"]


def test_the_store_and_its_clients_have_the_same_key(tmp_path: Path) -> None:
    write_secrets(tmp_path)
    known = texts(tmp_path)
    [identity] = json.loads(known["s3_identities"])["identities"]
    [key] = identity["credentials"]
    assert f"aws_access_key_id = {key['accessKey']}\n" in known["s3_credentials"]
    assert f"aws_secret_access_key = {key['secretKey']}\n" in known["s3_credentials"]


def test_the_switch_is_added_once_and_other_lines_stay(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("NIANBAO_PORT=9090", "utf-8")
    assert write_switch(env, tmp_path / "secrets")
    assert not write_switch(env, tmp_path / "others")
    assert env.read_text("utf-8").splitlines() == [
        "NIANBAO_PORT=9090",
        f"NIANBAO_SECRETS={tmp_path / 'secrets'}",
    ]


def test_the_command_prints_no_secret(tmp_path: Path, capsys) -> None:
    assert main([str(tmp_path / "secrets"), "--env", str(tmp_path / ".env")]) == 0
    printed = capsys.readouterr().out
    assert "14 new" in printed
    assert not [text for text in texts(tmp_path / "secrets").values() if text in printed]


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path, capsys) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert main([str(tmp_path / "file" / "secrets"), "--env", str(tmp_path / ".env")]) == 2
    assert capsys.readouterr().err.startswith("secrets: ")

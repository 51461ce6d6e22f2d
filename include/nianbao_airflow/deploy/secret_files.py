"""`make secrets`: every password and key of a distributed installation, one file each.

Containers get a file each where they need one, and nothing by their environment. What is there is
never replaced, so the command can be repeated after an upgrade that needs a new one. The folder is
closed to everybody else on the machine; the files in it are not, since the containers that read them
have users of their own.
"""

import argparse
import json
import secrets
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SWITCH: Final = "NIANBAO_SECRETS"
"""What `docker-compose.yaml` asks for: the folder of the files."""
BUCKET: Final = "nianbao"


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where the services are found, as host and port."""

    postgres: str = "postgres:5432"
    redis: str = "redis:6379"


def write_secrets(folder: Path, hosts: Hosts | None = None) -> list[str]:
    """Write the files that are missing and return their names.

    Raises `OSError` where the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    known = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.is_file()}
    new: list[str] = []
    for name, make in _texts(hosts or Hosts()).items():
        if name not in known:
            known[name] = make(known)
            _write(folder / name, known[name])
            new.append(name)
    return new


def write_switch(file: Path, folder: Path) -> bool:
    """Tell `docker compose`, by a line of its `.env`, where the folder is; False if one does."""
    text = file.read_text("utf-8") if file.exists() else ""
    if any(line.startswith(f"{SWITCH}=") for line in text.splitlines()):
        return False
    joint = "" if not text or text.endswith("\n") else "\n"
    file.write_text(f"{text}{joint}{SWITCH}={folder.absolute()}\n", "utf-8")
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what is missing, and say so; 0 when done, 2 where it can't be written."""
    parser = argparse.ArgumentParser(prog="make secrets", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the files")
    parser.add_argument("--env", type=Path, default=Path(".env"), help="the .env to complete")
    chosen = parser.parse_args(arguments)
    try:
        new = write_secrets(chosen.folder)
        write_switch(chosen.env, chosen.folder)
    except OSError as error:
        sys.stderr.write(f"secrets: {error}\n")
        return 2
    there = "all were there" if not new else f"{len(new)} new: {', '.join(new)}"
    sys.stdout.write(f"{chosen.folder}: {there}\n")
    if "passwords" in new:
        sys.stdout.write(f"The login is admin, its password is in {chosen.folder / 'passwords'}\n")
    return 0


_Known = Mapping[str, str]
_REDIS: Final = """\
requirepass {password}
protected-mode no
# What is in the queue outlives a restart.
appendonly yes
appendfsync everysec
# A full queue must be an error: to forget tasks would be worse.
maxmemory-policy noeviction
"""


def _texts(hosts: Hosts) -> dict[str, Callable[[_Known], str]]:
    """Return how each file is made, those that quote another one after it."""

    def database(role: str) -> Callable[[_Known], str]:
        return lambda known: (
            f"postgresql+psycopg://{role}:{known[f'{role}_password']}@{hosts.postgres}/{role}"
        )

    results = database("results")
    return {
        **dict.fromkeys(
            (
                "postgres_password",
                "airflow_password",
                "results_password",
                "redis_password",
                "api_secret_key",
                "jwt_secret",
            ),
            lambda known: secrets.token_urlsafe(48),
        ),
        "fernet_key": lambda known: urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "airflow_database": database("airflow"),
        "celery_results": lambda known: f"db+{results(known)}",
        "celery_broker": lambda known: f"redis://:{known['redis_password']}@{hosts.redis}/0",
        "redis_config": lambda known: _REDIS.format(password=known["redis_password"]),
        "passwords": lambda known: json.dumps({"admin": secrets.token_urlsafe(18)}),
        "s3_credentials": lambda known: _s3_credentials(),
        "s3_identities": _s3_identities,
    }


def _s3_credentials() -> str:
    """Return a key as all clients of S3 read it."""
    key, secret = secrets.token_hex(10).upper(), secrets.token_urlsafe(30)
    return f"[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"


def _s3_identities(known: _Known) -> str:
    """Return the same key as SeaweedFS reads it, with its rights."""
    lines = [line.partition("=") for line in known["s3_credentials"].splitlines()]
    fields = {name.strip(): value.strip() for name, _, value in lines}
    key = {
        "accessKey": fields["aws_access_key_id"],
        "secretKey": fields["aws_secret_access_key"],
    }
    actions = [f"{action}:{BUCKET}" for action in ("Admin", "Read", "Write", "List", "Tagging")]
    identity = {"name": BUCKET, "credentials": [key], "actions": actions}
    return json.dumps({"identities": [identity]}, indent=2)


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, "utf-8")
    beside.chmod(0o444)
    beside.replace(file)


if __name__ == "__main__":
    sys.exit(main())

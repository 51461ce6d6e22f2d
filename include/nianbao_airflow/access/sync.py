"""The roles of `roles.yaml` into Airflow's database, and the first users; harmless to repeat.

    python -m nianbao_airflow.access.sync [NAME=ROLE …]

Each NAME is made a user of that role unless there is one, with the password that the file named in
`NIANBAO_PASSWORDS` has (JSON by name), since anybody can see a command's arguments. Users that exist
keep role and password.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from nianbao_airflow.access.roles import Permission, Role, roles

PASSWORDS: Final = "NIANBAO_PASSWORDS"

log = logging.getLogger(__name__)


def main(arguments: Sequence[str], passwords: Mapping[str, str]) -> int:
    """Bring the database up to date; 2 where a password or a role is missing."""
    wanted = [argument.partition("=")[::2] for argument in arguments]
    missing = [name for name, role in wanted if not role or not passwords.get(name)]
    if missing:
        log.error("no role or no password in the file of %s for: %s", PASSWORDS, ", ".join(missing))
        return 2
    # Imported here: it starts a whole web application and takes seconds.
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        for role in roles():
            settle_role(builder.sm, role)
        made = [add_user(builder.sm, name, role, passwords[name]) for name, role in wanted]
    return 0 if all(made) else 2


def settle_role(manager: Any, role: Role) -> None:
    """Give a role the permissions that it should have, and take all others."""
    found = manager.add_role(role.name)
    wanted = role.permissions(_held(manager.find_role(role.like)))
    held = _held(found)
    for action, resource in sorted(wanted - held):
        manager.add_permission_to_role(found, manager.create_permission(action, resource))
    for action, resource in sorted(held - wanted):
        manager.remove_permission_from_role(found, manager.get_permission(action, resource))
    log.info("role %s: %d permissions", role.name, len(wanted))


def add_user(manager: Any, name: str, role_name: str, password: str) -> bool:
    """Make a user unless there is one of that name; False where the role is unknown."""
    if manager.find_user(username=name):
        return True
    role = manager.find_role(role_name)
    if role is None:
        log.error("there is no role %s", role_name)
        return False
    # The names and the address are asked for by the form of users; nobody is written to there.
    return bool(manager.add_user(name, name, role_name, f"{name}@localhost", role, password))


def _held(role: Any) -> frozenset[Permission]:
    return frozenset((one.action.name, one.resource.name) for one in role.permissions)


def _passwords() -> dict[str, str]:
    file = os.environ.get(PASSWORDS)
    return dict(json.loads(Path(file).read_text("utf-8"))) if file else {}


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sys.exit(main(sys.argv[1:], _passwords()))

"""What the converter may do, as the settings of a profile that is made for one run and thrown away."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

_NOBODY = "127.0.0.1"
_DISCARD = 9
"""A port where nothing listens: what asks for the network in spite of all is refused at once."""

_SETTINGS: dict[str, dict[str, bool | int | str]] = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": True,
        "BlockUntrustedRefererLinks": True,
    },
    "org.openoffice.Office.Common/Load": {"UpdateDocMode": 0},
    "org.openoffice.Office.Writer/Content/Update": {"Link": 0, "Field": False, "Chart": False},
    "org.openoffice.Office.Java/VirtualMachine": {"Enable": False},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": 2,
        "ooInetHTTPProxyName": _NOBODY,
        "ooInetHTTPProxyPort": _DISCARD,
        "ooInetHTTPSProxyName": _NOBODY,
        "ooInetHTTPSProxyPort": _DISCARD,
        "ooInetNoProxy": "",
    },
}


def write_profile(folder: Path) -> None:
    """Write the settings: no macros, no links brought up to date, no Java, no network."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        _item(path, name, value)
        for path, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema">' + items + "</oor:items>\n",
        encoding="utf-8",
    )


def sockets_of(profile: Path) -> Iterator[Path]:
    """Yield the socket of a run with this profile, which stays where the run was killed.

    LibreOffice puts it into one of two fixed folders, whatever it is told of temporary ones, under
    the MD5 of the profile's address in UTF-16, each byte in hexadecimal without leading noughts.
    """
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    for folder in ("/tmp", "/var/tmp"):  # noqa: S108 - where LibreOffice writes, not we
        yield from Path(folder).glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}")


def environment(folder: Path) -> dict[str, str]:
    """Return all that the converter gets of our environment: nothing but the search path."""
    proxy = f"http://{_NOBODY}:{_DISCARD}"
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": proxy,
        "https_proxy": proxy,
        "ftp_proxy": proxy,
    }


def _item(path: str, name: str, value: bool | int | str) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return (
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(text)}</value></prop></item>"
    )

"""A stand-in for LibreOffice that can be made to hang or to die at a file, and counts its starts."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from nianbao.documents.office import run as office_run
from support.docx_writer import package, paragraph, run

_SCRIPT = """#!/bin/sh
echo start >> "{log}"
while [ "$1" != --outdir ]; do shift; done
out=$2
shift 2
for file in "$@"; do
    case "$(head -c 4 "$file")" in
        HANG) sleep 60 ;;
        DIES) kill -9 $$ ;;
        FULL) head -c 900000 /dev/zero > "$out/debris"; sleep 60 ;;
        HALF) head -c 500 "{docx}" > "$out/$(basename "${{file%.*}}").docx"; kill -9 $$ ;;
        FAIL) ;;
        *) cp "{docx}" "$out/$(basename "${{file%.*}}").docx" ;;
    esac
done
"""
TEXT = "年报"


@dataclass(frozen=True)
class FakeConverter:
    """Where it keeps its log."""

    log: Path

    @property
    def starts(self) -> int:
        """How often it was started."""
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0


def install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> FakeConverter:
    """Put it in the place of LibreOffice: it makes a docx with `TEXT` of any file."""
    docx, log, program = folder / "made.docx", folder / "log", folder / "soffice"
    docx.write_bytes(package(paragraph(run(TEXT))))
    program.write_text(_SCRIPT.format(docx=docx, log=log))
    program.chmod(0o755)
    monkeypatch.setattr(office_run, "find_converter", lambda: str(program))
    return FakeConverter(log)

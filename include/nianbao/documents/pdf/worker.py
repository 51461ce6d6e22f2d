"""The process in which `nianbao.documents.pdf.confined` has files read: one after the other.

It takes lines of JSON that announce a file, and the file; it answers with a line for each page, and a
last one with the document or the error. It ends when its input does.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from nianbao.documents.pdf.carried import carried
from nianbao.errors import ReadError
from nianbao.model import Document

_READERS = {
    "pdf": "nianbao.documents.pdf.read:read_pages",
    "ofd": "nianbao.documents.ofd.read:read_package",
    "image": "nianbao.documents.ocr.image:read_picture_file",
}
_MOST_BYTES = 2_000_000_000
"""Of data; of addresses PDFium reserves far more than it uses. The memory in use is watched outside."""
_CPU_SECONDS = 240
"""For one file. The system ends the process after it, also when nobody is left who waits for it."""


def main() -> None:
    """Serve until there is no more input."""
    source, answers = sys.stdin.buffer, _answers()
    with contextlib.suppress(ImportError, ValueError, OSError):
        _limit_memory()
    while header := source.readline():
        order = json.loads(header)
        data = source.read(order["size"])
        with contextlib.suppress(ImportError, ValueError, OSError):
            _limit_time()
        _say(answers, _read(order["kind"], data, lambda: _say(answers, {"page": 1})))


def _read(kind: str, data: bytes, tick: Callable[[], None]) -> dict[str, Any]:
    module, _, name = _READERS[kind].partition(":")
    reader: Callable[[bytes, Callable[[], None]], Document] = getattr(import_module(module), name)
    try:
        return {"document": carried(reader(data, tick))}
    except ReadError as error:
        return {"error": [error.code, str(error)]}
    except MemoryError:
        return {"error": ["over_limit", "there is not enough memory for the file"]}


def _answers() -> BinaryIO:
    """Return the way back, and keep everybody else from writing there."""
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    answers.flush()


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))


def _limit_time() -> None:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU_SECONDS, most)
    )


if __name__ == "__main__":
    main()

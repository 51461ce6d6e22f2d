"""The process in which `nianbao.documents.confined.read` has files read: one after the other.

It takes lines of JSON that announce a file, and the file; it answers with a line for each page, and a
last one with the document or the error. It ends when its input does, or the process that started it.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from nianbao.documents.confined.carried import carried
from nianbao.documents.confined.limits import Word
from nianbao.errors import ReadError
from nianbao.model import Document

_READERS = {
    "pdf": "nianbao.documents.pdf.read:read_pages",
    "ofd": "nianbao.documents.ofd.read:read_package",
    "image": "nianbao.documents.ocr.image:read_picture_file",
}
_MOST_BYTES = 2_000_000_000
"""Of data; of addresses PDFium reserves far more than it uses. The memory in use is watched outside."""
_CPU_SECONDS = 700
"""For one file. The system ends the process after it, whatever else fails."""
_WATCH = 1.0
"""Seconds between two looks at whether the process that started this one is still there."""


def main() -> None:
    """Serve until there is no more input; the argument is the number of the process that started this."""
    source, answers = sys.stdin.buffer, _answers()
    # An interrupt from the keyboard goes to all processes; it is the other one's to heed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    with contextlib.suppress(ImportError, ValueError, OSError):
        _limit_memory()
    _say(answers, {"ready": True})
    while header := source.readline():
        order = json.loads(header)
        data = source.read(order["size"])
        with contextlib.suppress(ImportError, ValueError, OSError):
            _limit_time()
        _say(answers, _read(order["kind"], data, lambda word: _say(answers, {"word": word})))


def _end_with(parent: int) -> None:
    """End once the parent is gone: another of its children may keep this one's input open."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def _read(kind: str, data: bytes, tick: Callable[[Word], None]) -> dict[str, Any]:
    module, _, name = _READERS[kind].partition(":")
    reader: Callable[[bytes, Callable[[Word], None]], Document] = getattr(
        import_module(module), name
    )
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

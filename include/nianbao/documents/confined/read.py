"""Reading in a process of its own, under limits: native code can neither be interrupted nor bounded.

PDFium, picture decoders and the recogniser loop and allocate as long as a hostile file tells them to.
One such process serves a reading process and all its threads; it is replaced when a file breaks it.
"""

import atexit
import os
import threading

from nianbao.documents.confined.carried import document_from
from nianbao.documents.confined.child import BrokenChildError, Child, Kind
from nianbao.documents.confined.limits import Limits
from nianbao.errors import ReadError
from nianbao.model import Document

_USUAL = Limits()
_lock = threading.Lock()
_child: Child | None = None


def read_confined(kind: Kind, data: bytes, limits: Limits = _USUAL) -> Document:
    """Read a file of a kind in the process of its own.

    Raises `ReadError` with the reader's code, `over_limit` beyond the limits, and `damaged` where
    the file breaks the process.
    """
    with _lock:
        try:
            answer = _usable().read(kind, data, limits)
        except BrokenChildError:
            # A file before this one may have done it, or the system in want of memory.
            try:
                answer = _usable().read(kind, data, limits)
            except BrokenChildError as error:
                raise ReadError("damaged", "the file broke the process that read it") from error
    if "error" in answer:
        raise ReadError(*answer["error"])
    return document_from(answer["document"])


def _usable() -> Child:
    """Return the process, started anew where there is none that can be used."""
    global _child
    if _child is None or not _child.is_usable():
        _end()
        _child = Child()
    return _child


def _end() -> None:
    global _child
    ended, _child = _child, None
    if ended is not None:
        ended.end()


def _forked() -> None:
    """Start without a process: the one there is answers to the process that this was forked from."""
    global _child, _lock
    _lock = threading.Lock()
    left, _child = _child, None
    if left is not None:
        left.leave()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)

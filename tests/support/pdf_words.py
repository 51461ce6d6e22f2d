"""A one-word PDF read, and the process that read it; importable by a process that was spawned."""

from nianbao.documents.confined import read as confined
from nianbao.documents.pdf import read_pdf
from support.pdf_by_hand import pdf_of, text


def words(number: int) -> list[str]:
    document = read_pdf(pdf_of(text(60, 680, f"{number}")))
    return [paragraph.text for paragraph in document.paragraphs]


def child() -> int:
    assert confined._child is not None
    return confined._child.pid


def words_and_child(number: int) -> tuple[list[str], int]:
    return words(number), child()

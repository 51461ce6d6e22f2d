"""A filled-in work-list read back, whatever its columns' order, its sheet's name and its program."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from nianbao.errors import VerdictError
from nianbao.verdicts.worklist.form import columns, form

_LARGEST_FILE = 50_000_000
_LARGEST_CONTENT = 500_000_000
_HEADER_WITHIN = 30
_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class FilledRow:
    """One row as it came back: values by the names of the form's columns."""

    number: int
    """Row of the sheet, from one, as the program shows it."""
    values: Mapping[str, Any]
    formulas: tuple[str, ...] = ()
    """Names of the columns whose cell holds a formula; what it gives is not looked at."""


@dataclass(frozen=True)
class FilledList:
    """A work-list as it came back."""

    rows: tuple[FilledRow, ...]
    reviewer: str | None = None
    missing: tuple[str, ...] = field(default=())
    """Columns for the reviewer that are not there any more."""


def read_worklist(path: Path) -> FilledList:
    """Read a filled-in list.

    Raises `VerdictError` for a file that is no such list: not `.xlsx`, damaged, too large, or without
    the hidden column of keys.
    """
    data = _bytes_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that nobody reads here
            book = load_workbook(BytesIO(data), read_only=True, data_only=False)
            with closing(book):
                return _read(book, path)
    except VerdictError:
        raise
    except Exception as error:  # a damaged workbook fails in a hundred ways
        raise VerdictError(
            f"{path.name}: 文件已损坏，无法读取 / damaged: {_told(error)}"
        ) from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise VerdictError(f"{path.name}: 文件过大 / the file is too large")
        data = path.read_bytes()
    except OSError as error:
        raise VerdictError(f"{path}: 无法打开 / {error.strerror or error}") from error
    if data.startswith(_OLD_FORMAT):
        raise VerdictError(
            f"{path.name}: 是 .xls 或加密文件，请另存为未加密的 .xlsx / save it as .xlsx, without a password"
        )
    if not zipfile.is_zipfile(BytesIO(data)):
        raise VerdictError(f"{path.name}: 不是 .xlsx 工作簿 / no .xlsx workbook")
    with zipfile.ZipFile(BytesIO(data)) as parts:
        names = {part.filename for part in parts.infolist()}
        if sum(part.file_size for part in parts.infolist()) > _LARGEST_CONTENT:
            raise VerdictError(f"{path.name}: 文件过大 / the file is too large")
    if "[Content_Types].xml" not in names:
        raise VerdictError(f"{path.name}: 请另存为 .xlsx / no .xlsx workbook; save it as .xlsx")
    return data


def _read(book: Any, path: Path) -> FilledList:
    reviewer = None
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = _rows(sheet)
        head = _header(rows)
        if head is None:
            continue
        number, places = head
        reviewer = _reviewer(book)
        missing = tuple(c.zh for c in columns() if c.fill and c.name not in places)
        return FilledList(tuple(_filled(rows, number, places)), reviewer, missing)
    keys = next(column.zh for column in columns() if column.name == "item_key")
    raise VerdictError(
        f"{path.name}: 没有找到“{keys}”一列，不是整改清单 / no work-list: its column of keys is not there"
    )


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS)
    for number, cells in enumerate(rows, start=1):
        if number > _MOST_ROWS:
            return
        yield number, cells


def _header(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and the place of each column."""
    names = {_plain(column.zh): column.name for column in columns()}
    for number, cells in rows:
        found: dict[str, int] = {}
        for place, cell in enumerate(cells):
            name = names.get(_plain(cell.value))
            if name is not None:
                found.setdefault(name, place)
        if "item_key" in found:
            return number, found
        if number >= _HEADER_WITHIN:
            return None
    return None


def _filled(
    rows: Iterator[tuple[int, tuple[Any, ...]]], head: int, places: Mapping[str, int]
) -> Iterator[FilledRow]:
    for number, cells in rows:
        values: dict[str, Any] = {}
        formulas = []
        for name, place in places.items():
            cell = cells[place] if place < len(cells) else None
            if cell is None or cell.value is None:
                continue
            if cell.data_type == "f":
                formulas.append(name)
            else:
                values[name] = cell.value
        if number > head and (values or formulas):
            yield FilledRow(number, values, tuple(formulas))


def _reviewer(book: Any) -> str | None:
    """Return the name that somebody wrote beside 填表人, on whatever sheet."""
    wanted = _plain(form()["reviewer"])
    for sheet in book.worksheets:
        for number, cells in _rows(sheet):
            for cell, beside in pairwise(cells):
                is_text = beside.data_type != "f" and beside.value is not None
                if _plain(cell.value) == wanted and is_text and str(beside.value).strip():
                    return str(beside.value).strip()[:100]
            if number >= _HEADER_WITHIN:
                break
    return None


def _plain(value: Any) -> str:
    """Return a heading without what people add: spaces, line ends, brackets of the other width."""
    text = re.sub(r"\s+", "", value) if isinstance(value, str) else ""
    return text.translate(str.maketrans("()：", "（）:")).rstrip(":")


def _told(error: Exception) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:120]

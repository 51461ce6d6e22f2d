"""What cells and subjects are called in a finding: as the form prints them, and in English."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from nianbao.forms import Form, FormCell, load_forms

Label = dict[str, str]


@cache
def _words() -> dict[str, dict[str, str]]:
    text = (files("nianbao.quality") / "labels.yaml").read_text("utf-8")
    words: dict[str, dict[str, str]] = yaml.safe_load(text)
    return words


def cell_labels() -> Iterator[Label]:
    """Yield `form, code, zh, en` of every cell: 《表三》“四、结转下年度继续办理”·总计."""
    for form in load_forms().values():
        for cell in form.cells.values():
            zh = f"{_table_name(form, cell.table, 'zh')}“{_row(cell.row.path)}”"
            en = f"{_table_name(form, cell.table, 'en')}, “{_row(cell.row.path_en, ' ')}”"
            if cell.column.code:
                zh, en = f"{zh}·{cell.column.zh}", f"{en} · {cell.column.en}"
            yield {"form": form.name, "code": cell.code, "zh": zh, "en": en}


def subject_labels() -> Iterator[Label]:
    """Yield `form, kind, subject, zh, en` of everything that a check can be about."""
    for form in load_forms().values():
        for kind, subject, zh, en in _subjects(form):
            yield {"form": form.name, "kind": kind, "subject": subject, "zh": zh, "en": en}
    report = _words()["report"]
    # A report without a known table has only itself for a subject.
    for kind in ("table", "report"):
        yield {"form": "none", "kind": kind, "subject": "report", **report}


def _subjects(form: Form) -> Iterator[tuple[str, str, str, str]]:
    report = _words()["report"]
    for kind in ("table", "report"):
        yield kind, "report", report["zh"], report["en"]
    for section in form.sections:
        yield "section", section.code, section.zh, section.en
    for measure, words in measures().items():
        yield "measure", measure, words["zh"], words["en"]
    for cell in form.cells.values():
        yield "cell", cell.code, *_cell(cell)
    for table in form.tables:
        yield "table", table.code, table.spec.zh, table.spec.en
        for block in table.blocks:
            for row in block.rows:
                yield f"{table.code}.row", row.code, " > ".join(row.path), " > ".join(row.path_en)
        for column in table.spec.columns:
            yield f"{table.code}.column", column.code, column.zh, column.en


def measures() -> dict[str, dict[str, str]]:
    """Return the headline numbers: names in both languages, and the codes that make one per form."""
    text = (files("nianbao.quality") / "tidy" / "headlines.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def _cell(cell: FormCell) -> tuple[str, str]:
    ends = (cell.column.zh, cell.column.en) if cell.column.code else ("", "")
    paths = (" > ".join(cell.row.path), " > ".join(cell.row.path_en))
    zh, en = (" · ".join(filter(None, pair)) for pair in zip(paths, ends, strict=True))
    return zh, en


def _table_name(form: Form, table: str, language: str) -> str:
    spec = form.table(table).spec
    number = next(section.number for section in form.sections if section.code == spec.section)
    names = _words()["list" if spec.layout == "list" else "table"]
    ordinals = _words()["ordinals"][language].split()
    return names[language].format(ordinals[number - 1])


def _row(path: tuple[str, ...], between: str = "") -> str:
    """Return a row's label with that of its group, without the head that stands over all groups."""
    return between.join(path[-2:] if len(path) > 2 else path[-1:])

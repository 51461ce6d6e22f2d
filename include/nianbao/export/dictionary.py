"""`docs/data-dictionary.md`: every table and view, column by column, from what the warehouse says."""

from collections.abc import Iterator, Mapping

from duckdb import DuckDBPyConnection

from nianbao.export.catalog import Column, Relation, read_catalog
from nianbao.export.declared import load_declared, read_yaml
from nianbao.forms import load_forms
from nianbao.forms.form import Form, FormTable


def data_dictionary(con: DuckDBPyConnection) -> str:
    """Return the page in Markdown, from a connection to any warehouse, even an empty one."""
    return "\n".join(_page(read_catalog(con))) + "\n"


def without_meaning(con: DuckDBPyConnection) -> list[str]:
    """Return the columns that analysts see and no comment explains, as `view.column`."""
    return [
        f"{relation.name}.{column.name}"
        for relation in read_catalog(con).values()
        if not load_declared().reason_to_leave(relation.name)
        for column in relation.columns
        if not column.comment
    ]


def _page(catalog: Mapping[str, Relation]) -> Iterator[str]:
    declared = load_declared()
    texts = read_yaml("dictionary.yaml")
    yield texts["head"]
    for title, is_view in (("Views", True), ("Tables", False)):
        yield f"## {title}\n"
        for relation in catalog.values():
            left_out = declared.reason_to_leave(relation.name)
            if (relation.sql is not None) == is_view and not left_out:
                yield from _relation(relation, is_cell=_cell_names())
    yield "## Kept, but not for analysis\n"
    for name in catalog:
        if reason := declared.reason_to_leave(name):
            yield f"- `{name}`: {reason}"
    yield f"\n## Cells\n\n{texts['cells']}"
    for form in load_forms().values():
        yield from _form(form)


def _cell_names() -> frozenset[str]:
    return frozenset(
        code.replace(".", "_") for form in load_forms().values() for code in form.cells
    )


def _relation(relation: Relation, is_cell: frozenset[str]) -> Iterator[str]:
    key = load_declared().keys.get(relation.name, ())
    yield f"### `{relation.name}`\n\n{relation.comment}\n"
    yield "| column | type | unit | key | meaning |\n|---|---|---|---|---|"
    cells = [column for column in relation.columns if column.name in is_cell]
    for column in relation.columns:
        if column not in cells:
            yield _line(column, column.name in key)
    if cells:
        yield f"| … | {cells[0].type} | | | {len(cells)} columns more, one per cell; see below |"
    yield ""


def _line(column: Column, is_key: bool) -> str:
    meaning = column.comment.replace("|", "\\|").replace("\n", " ")
    key = "key" if is_key else ""
    return f"| `{column.name}` | {column.type} | {column.unit} | {key} | {meaning} |"


def _form(form: Form) -> Iterator[str]:
    years = form.spec.years
    yield f"\n### Form {form.name} ({years.first} to {years.last or 'now'})\n"
    for table in form.tables:
        yield from _table(form, table)


def _table(form: Form, table: FormTable) -> Iterator[str]:
    yield f"\n**{table.spec.zh}** {table.spec.en}\n"
    yield "| code | short code | Chinese | English | unit |\n|---|---|---|---|---|"
    for cell in form.cells.values():
        if cell.table == table.code:
            zh = _label(cell.row.path, cell.column.zh)
            en = _label(cell.row.path_en, cell.column.en)
            yield f"| `{cell.code}` | `{cell.short_code}` | {zh} | {en} | {cell.unit or ''} |"


def _label(path: tuple[str, ...], column: str) -> str:
    return " > ".join(path) + (f" · {column}" if column else "")

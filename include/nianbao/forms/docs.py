"""`docs/forms.md`: the official forms as this project knows them, derived from the form files."""

from collections.abc import Iterator

from nianbao.forms.form import Block, Form, FormTable
from nianbao.forms.loader import load_forms


def forms_page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# The official forms"
    yield ""
    yield "Made by `nianbao generate` from `include/nianbao/forms/*.yaml`; edit those files, not this page."
    yield ""
    yield (
        "A cell code is `<table>.<row>.<column>`. The code of a number is the row's code followed by "
        "the column's, both given below; the short code, for tools that need short names, is in the "
        "view `cell_dictionary`."
    )
    for form in load_forms().values():
        yield from _form(form)


def _form(form: Form) -> Iterator[str]:
    years = form.spec.years
    required = sum(not cell.optional for cell in form.cells.values())
    yield f"\n## Form {form.name}: {form.spec.zh}\n"
    yield f"{form.spec.en}. Basis: {form.spec.basis}. "
    yield f"Report years {years.first} to {years.last or 'now'}; {required} cells.\n"
    yield "| section | title | also printed as |"
    yield "|---|---|---|"
    for section in form.sections:
        aliases = "; ".join(section.aliases)
        yield f"| {section.number} `{section.code}` | {section.zh}<br>{section.en} | {aliases} |"
    for table in form.tables:
        yield from _table(table)


def _table(table: FormTable) -> Iterator[str]:
    yield f"\n### Table `{table.code}`: {table.spec.zh}\n"
    if table.spec.note:
        yield f"Printed on the form: {table.spec.note}\n"
    for block in table.blocks:
        yield from _block(table, block)


def _block(table: FormTable, block: Block) -> Iterator[str]:
    if block.caption:
        yield f"\n**{block.caption}** ({block.caption_en})\n"
    yield "| column | code | unit | also printed as |"
    yield "|---|---|---|---|"
    for column in block.columns:
        aliases = "; ".join(column.aliases)
        label = f"{column.zh}<br>{column.en}"
        yield f"| {label} | `{column.code}` | {column.unit or ''} | {aliases} |"
    yield ""
    yield "| row | code | also printed as |"
    yield "|---|---|---|"
    for row in block.rows:
        aliases = "; ".join(row.aliases)
        note = " (the group printed as one row)" if row.optional else ""
        label = " > ".join(row.path) + "<br>" + " > ".join(row.path_en)
        unit = f" ({row.unit})" if row.unit else ""
        yield f"| {label} | `{table.code}.{row.code}`{unit}{note} | {aliases} |"
    yield ""

"""What each cell code means: the rows of `cell_dictionary`, derived from the form files."""

from collections.abc import Iterator

from nianbao.forms import Form, FormCell


def dictionary_rows(form: Form) -> Iterator[dict[str, object]]:
    """Yield one row per cell of a form, in printed order."""
    sections = {section.code: section for section in form.sections}
    for cell in form.cells.values():
        section = sections[form.table(cell.table).spec.section]
        yield {
            "code": cell.code,
            "short_code": cell.short_code,
            "form": form.name,
            "section_zh": section.zh,
            "section_en": section.en,
            **_labels(cell),
            "table_code": cell.table,
            "row_code": cell.row.code,
            "column_code": cell.column.code,
            "value_type": cell.value_type,
            "unit": cell.unit,
        }


def _labels(cell: FormCell) -> dict[str, object]:
    return {
        "row_zh": " > ".join(cell.row.path),
        "row_en": " > ".join(cell.row.path_en),
        "column_zh": cell.column.zh,
        "column_en": cell.column.en,
    }

"""Views over the wide tables: a row per row, per column, per block and per table of every report.

They are unions of plain projections, so a rule that looks at two columns reads two columns.
"""

# ruff: noqa: S608 - every name in these statements is of our own forms

from collections.abc import Iterable, Iterator, Sequence

from nianbao.forms import Row
from nianbao.quality.identities import BALANCE, applicants_of, results_of, statistics_parts
from nianbao.quality.tidy.wide import Wide, added, column, columns, counted

PLUS = "\uff0b"
"""The plus sign as Chinese texts set it."""
_TOTAL = "total"
_GROUPS = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")


def form_views(wides: Sequence[Wide]) -> Iterator[str]:
    """Yield the statements that make the views."""
    for wide in wides:
        yield (
            f"CREATE TEMP VIEW {wide.table} AS "
            f"SELECT version AS report, * EXCLUDE (version) FROM form_values_{wide.form.name}"
        )
    tabled = [wide for wide in wides if _has(wide, "applications")]
    listed = [wide for wide in wides if _has(wide, "statistics")]
    yield _view("application_rows", (s for wide in tabled for s in _rows(wide, "applications")))
    yield _view("application_columns", (s for wide in tabled for s in _columns(wide)))
    yield _view("review_blocks", (s for wide in tabled for s in _rows(wide, "reviews")))
    yield _view("statistic_sums", (s for wide in listed for s in _sums(wide)))
    yield _view("statistic_parts", (s for wide in listed for s in _within(wide)))
    yield _table(
        "table_numbers", (_numbers(wide, t.code) for wide in wides for t in wide.form.tables)
    )
    yield _table("impossible_numbers", (_impossible(wide) for wide in wides))
    unread = (f"SELECT report, unread FROM {wide.table}" for wide in wides)
    yield _view("unread_lists", unread)
    yield _view("cell_values", (_values(wide) for wide in wides))


def _has(wide: Wide, table: str) -> bool:
    return any(one.code == table for one in wide.form.tables)


def _view(name: str, selects: Iterable[str]) -> str:
    return f"CREATE TEMP VIEW {name} AS\n" + "\nUNION ALL\n".join(selects)


def _table(name: str, selects: Iterable[str]) -> str:
    """A table is for what is dear to work out and small: it is then worked out once."""
    return f"CREATE TEMP TABLE {name} AS\n" + "\nUNION ALL\n".join(selects)


def _rows(wide: Wide, table: str) -> Iterator[str]:
    """Yield, for each row of a table, its cells by column and the sum of all but the total."""
    names = [one.code for one in wide.form.table(table).spec.columns]
    for row in wide.form.table(table).rows:
        codes = [f"{table}.{row.code}.{name}" for name in names]
        parts = codes[:-1]
        cells = ", ".join(
            f"{column(code)} AS {name}" for code, name in zip(codes, names, strict=True)
        )
        yield (
            f"SELECT report, '{row.code}' AS row, {cells}, {added(parts)} AS parts, "
            f"{counted(parts)} AS parts_printed, {wide.unread(parts)} AS parts_unread "
            f"FROM {wide.table}{_if_printed(row, codes)}"
        )


def _if_printed(row: Row, codes: Sequence[str]) -> str:
    """A row that the form doesn't ask for is only there where it is printed."""
    return f" WHERE {counted(codes)} > 0" if row.optional else ""


def _columns(wide: Wide) -> Iterator[str]:
    """Yield, for each kind of applicant, the four rows of the balance and the groups of results.

    （六） is three rows or, in the form of 2019 and with some publishers after it, one. Where a
    publisher prints the group's own row above its three, these count and the group's row does not.
    """
    for applicant in applicants_of(wide.form):
        code = {
            row: f"applications.{row}.{applicant}" for row in (*BALANCE, *results_of(wide.form))
        }
        groups = {group: _group(wide, group, applicant) for group in _GROUPS}
        balance = ", ".join(f"{column(code[row])} AS {row}" for row in BALANCE)
        sums = ", ".join(f"{group[0]} AS {name}" for name, group in groups.items())
        total, printed, unread, cells = (
            " + ".join(str(group[i]) for group in groups.values()) for i in range(4)
        )
        coming, going = ("received", "carried_in"), ("closed_total", "carried_out")
        yield (
            f"SELECT report, '{applicant}' AS applicant, {balance}, {sums}, {total} AS results, "
            f"{printed} AS results_printed, {unread} AS results_unread, {cells} AS results_cells, "
            f"{wide.unread(code[row] for row in coming)} AS in_unread, "
            f"{wide.unread(code[row] for row in going)} AS out_unread FROM {wide.table}"
        )


def _group(wide: Wide, group: str, applicant: str) -> tuple[str, str, str, str]:
    """Return a group's sum, its cells with a number, those unread, and how many there are."""
    rows = [row for row in results_of(wide.form) if row.split(".")[0] == group]
    codes = [f"applications.{row}.{applicant}" for row in rows]
    plain = (added(codes), counted(codes), wide.unread(codes), str(len(codes)))
    folded = f"applications.{group}.{applicant}"
    if folded in codes or folded not in wide.form.cells:
        return plain
    one = column(folded)
    is_folded = f"{one} IS NOT NULL AND {counted(codes)} = 0 AND {plain[2]} = {len(codes)}"
    instead = (f"coalesce({one}, 0)", "1", "0", "1")
    return tuple(  # type: ignore[return-value]
        f"(CASE WHEN {is_folded} THEN {two} ELSE {three} END)"
        for two, three in zip(instead, plain, strict=True)
    )


def _sums(wide: Wide) -> Iterator[str]:
    """Yield, for each total of the statistics table, its parts' sum."""
    for total, rows in statistics_parts()["sums"].items():
        parts = [f"statistics.{row}" for row in rows]
        working = ", ".join(f"shown({name})" for name in columns(parts))
        yield (
            f"SELECT report, '{total}' AS row, statistics_{column(total)} AS total, "
            f"{added(parts)} AS parts, {counted(parts)} AS parts_printed, "
            f"{wide.unread(parts)} AS parts_unread, {len(parts)} AS parts_cells, "
            f"concat_ws('{PLUS}', {working}) AS working FROM {wide.table}"
        )


def _within(wide: Wide) -> Iterator[str]:
    for part, (whole,) in statistics_parts()["within"].items():
        yield (
            f"SELECT report, '{part}' AS row, statistics_{column(part)} AS part, "
            f"statistics_{column(whole)} AS whole, 'statistics.{whole}' AS whole_code "
            f"FROM {wide.table}"
        )


def _numbers(wide: Wide, table: str) -> str:
    """Return how many cells of a table are asked for, printed, not zero, unread, and blank.

    `blanks_beside_zero` are the blanks of rows that say zero: by their total, or, where a row has
    none, by printing nothing but zeros; the statistics table counts as one such row.
    """
    codes = wide.codes(table)
    not_zero = " + ".join(f"coalesce({name} <> 0, false)::INT" for name in columns(codes))
    beside = " + ".join(_blanks_beside(wide, table))
    return f"""
SELECT report, '{table}' AS table_code, {len(codes)} AS asked, printed_cells, not_zero, unread_cells,
    {len(codes)} - printed_cells - unread_cells AS blanks,
    CASE WHEN printed_cells + unread_cells = {len(codes)} THEN 0 ELSE {beside} END AS blanks_beside_zero
FROM (
    SELECT *, {counted(codes)} AS printed_cells, {not_zero} AS not_zero,
        {wide.unread(codes)} AS unread_cells
    FROM {wide.table}
)"""


def _blanks_beside(wide: Wide, table: str) -> Iterator[str]:
    if table == "statistics":
        yield _blank_parts(wide, wide.codes(table), None)
        return
    for block in wide.form.table(table).blocks:
        names = [one.code for one in block.columns]
        for row in block.rows:
            codes = [f"{table}.{row.code}.{name}" for name in names]
            if row.optional or len(codes) == 1:
                continue
            yield _blank_parts(wide, codes, codes[-1] if names[-1] == _TOTAL else None)


def _blank_parts(wide: Wide, codes: Sequence[str], total: str | None) -> str:
    says_zero = f"{column(total)} = 0" if total else f"{counted(codes)} > 0"
    if wide.form.table(codes[0].split(".")[0]).code == "statistics":
        says_zero = f"least({', '.join(columns(codes))}) = 0"
    else:
        names = ", ".join(columns(codes))
        says_zero += f" AND greatest({names}) = 0 AND least({names}) = 0"
    return (
        f"(CASE WHEN {says_zero} THEN {len(codes)} - {counted(codes)} - {wide.unread(codes)} "
        "ELSE 0 END)"
    )


def _impossible(wide: Wide) -> str:
    """Return the cells whose number can't be: below zero, or a fraction where things are counted."""
    cells = wide.form.cells
    signed = [code for code, cell in cells.items() if cell.value_type != "change"]
    whole = [code for code, cell in cells.items() if cell.value_type != "amount"]
    fractions = ", ".join(f"abs({name} - trunc({name}))" for name in columns(whole))
    pairs = ", ".join(f"{{code: '{code}', value: {column(code)}}}" for code in cells)
    return f"""
SELECT report, c.code, c.value, f.value_type
FROM (
    SELECT report, unnest([{pairs}]) AS c FROM {wide.table}
    WHERE least({", ".join(columns(signed))}) < 0 OR greatest({fractions}) > 0
)
JOIN (FROM asked_cells WHERE form = '{wide.form.name}') f ON f.code = c.code
WHERE (c.value < 0 AND f.value_type <> 'change')
   OR (c.value <> trunc(c.value) AND f.value_type <> 'amount')"""


def _values(wide: Wide) -> str:
    """Return code and number of every cell of the reports that are wanted."""
    pairs = ", ".join(f"{{code: '{code}', value: {column(code)}}}" for code in wide.form.cells)
    return f"""
SELECT report, c.code, c.value
FROM (SELECT report, unnest([{pairs}]) AS c FROM {wide.table} SEMI JOIN wanted_reports USING (report))
"""

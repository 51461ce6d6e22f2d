"""The parts of docs/organisations.md that derive from the data: themes and national deadlines."""

from collections.abc import Mapping

from nianbao.warehouse.organisations.classify import themes
from nianbao.warehouse.organisations.known import national_deadlines


def organisations_page(page: str) -> str:
    """Return the page with its derived tables brought up to date; the rest is written by hand."""
    for name, table in (("themes", _themes()), ("deadlines", _deadlines())):
        page = _between(page, name, table)
    return page


def _between(page: str, name: str, text: str) -> str:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, found, rest = page.partition(begin)
    return f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}" if found else page


def _themes() -> str:
    lines = ["| theme | Chinese | English | words in names |", "|---|---|---|---|"]
    lines += [
        f"| `{one.code}` | {one.zh} | {one.en} | {'、'.join(one.words)} |" for one in themes()
    ]
    return "\n".join(lines)


def _deadlines() -> str:
    lines = ["| report years | kind | last day | basis |", "|---|---|---|---|"]
    return "\n".join([*lines, *(_deadline(rule) for rule in national_deadlines())])


def _deadline(rule: Mapping[str, object]) -> str:
    years = f"{rule['first_year']}–{rule['last_year'] or ''}"
    day = f"{rule['day']}.{rule['month']}. of the next year"
    return f"| {years} | {rule['kind'] or 'all but institutions'} | {day} | {rule['basis']} |"

"""How well names are matched: precision and recall by rule, written into docs/organisations.md.

cd tests && python -m bench.names
"""

import csv
from collections.abc import Iterable
from pathlib import Path

from support.name_variants import ROOT, Case, cases, found

PAGE = ROOT / "docs" / "organisations.md"
BEGIN, END = "<!-- matching: begin -->", "<!-- matching: end -->"
REFERENCE = ROOT / "tests" / "warehouse" / "organisations" / "reference_names.csv"


def reference() -> list[Case]:
    """Return the names that people wrote, with the bodies that a person says they are."""
    rows = csv.DictReader(REFERENCE.read_text("utf-8").splitlines())
    return [
        Case("names in the wild", row["name"], row["site"], row["org_id"] or None) for row in rows
    ]


def all_cases() -> list[Case]:
    """Return every case once."""
    return list(dict.fromkeys([*cases(), *reference()]))


def tally(measured: Iterable[Case]) -> dict[str, tuple[int, int, int, int]]:
    """Return by rule: names, those of a registered body, found, taken for a wrong one."""
    counts: dict[str, tuple[int, int, int, int]] = {}
    for case in measured:
        names, own, right, wrong = counts.get(case.rule, (0, 0, 0, 0))
        got = found(case)
        is_wrong = got is not None and got != case.org_id and case.never in {"", got}
        counts[case.rule] = (
            names + 1,
            own + (case.org_id is not None),
            right + (case.org_id is not None and got == case.org_id),
            wrong + is_wrong,
        )
    return counts


def table(counts: dict[str, tuple[int, int, int, int]]) -> str:
    """Return the table as Markdown, with the sums below."""
    lines = [
        "| writing | names | of a registered body | found | taken for a wrong body |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {rule} | {' | '.join(map(str, row))} |" for rule, row in counts.items()]
    names, own, right, wrong = (sum(row[place] for row in counts.values()) for place in range(4))
    lines.append(f"| **all** | {names} | {own} | {right} | {wrong} |")
    lines += [
        "",
        f"Precision {right / (right + wrong):.4f}, recall {right / own:.4f}.",
    ]
    return "\n".join(lines)


def with_table(page: str, text: str) -> str:
    """Return the page with the table between its marks."""
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}"


def main() -> None:
    """Write the page."""
    text = table(tally(all_cases()))
    Path(PAGE).write_text(with_table(PAGE.read_text("utf-8"), text), "utf-8")
    print(text)


if __name__ == "__main__":
    main()

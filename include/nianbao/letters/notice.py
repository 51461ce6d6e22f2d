"""The 整改通知单: what one agency is asked to mend, with a list of findings and how to answer."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from nianbao.letters.page import Letter, Line, Width
from nianbao.letters.words import day_text, masked, plain, words
from nianbao.privacy import told_source

Row = Mapping[str, Any]
"""One finding: the columns of `sql/findings.sql`."""
_TABLE = re.compile("^《[^》]{1,12}》")


@dataclass(frozen=True)
class Heading:
    """What a letter says of itself and of its basis."""

    version: str
    published_at: datetime
    """UTC."""
    decided_at: datetime | None
    """When the newest verdict was given, in UTC; `None` where there is none."""
    issuer: str = ""
    issued_on: date | None = None


def notice(organisation: str, findings: Sequence[Row], heading: Heading) -> bytes:
    """Return the letter for one agency; there must be a finding."""
    say = words()["notice"]
    letter = Letter(say["title"], heading.published_at)
    letter.paragraph(say["title"], "title")
    letter.paragraph(say["number"], "number")
    letter.space()
    letter.paragraph(say["to"].format(organisation=plain(organisation)), "to")
    letter.paragraph(_opening(findings))
    for head, text in say["sections"]:
        letter.paragraph(head, "head")
        letter.paragraph(text.format(**_asked(findings)))
    letter.space()
    for line in say["annexes"]:
        letter.paragraph(line, keep=True)
    sign(letter, heading)
    _list(letter, findings, heading)
    _answer(letter)
    return letter.data()


def sign(letter: Letter, heading: Heading) -> None:
    """Write who issues the letter and when, or the gaps for it."""
    letter.space(keep=True)
    letter.paragraph(plain(heading.issuer) or words()["unsigned"], "sign", keep=True)
    letter.paragraph(day_text(heading.issued_on) or words()["undated"], "sign")


def version_line(heading: Heading) -> str:
    """Say which data and which verdicts a letter rests on."""
    say = words()["notice"]
    decided = (
        f"{heading.decided_at:%Y-%m-%d %H:%M}（UTC）"
        if heading.decided_at
        else say["nothing_decided"]
    )
    published = f"{heading.published_at:%Y-%m-%d %H:%M} UTC"
    return str(say["version"]).format(version=heading.version, published=published, decided=decided)


def _opening(findings: Sequence[Row]) -> str:
    say = words()["notice"]
    years = sorted({row["report_year"] for row in findings})
    grounds = [
        say[f"grounds_{era}"] for era in ("new", "old") if any(_era(year) == era for year in years)
    ]
    counts = Counter(row["severity"] for row in findings)
    kinds = [
        f"{zh} {counts[name]} 项" for name, zh in words()["severities"].items() if counts[name]
    ]
    returned = all(row["state"] == "returned" for row in findings)
    return str(say["opening"]).format(
        grounds="，".join(grounds),
        years="、".join(say["year"].format(year=year) for year in years),
        found=say["found_returned" if returned else "found_open"],
        count=len(findings),
        kinds="、".join(kinds),
    )


def _asked(findings: Sequence[Row]) -> dict[str, str]:
    """Return who is to mend it and until when: one name and day, the list's, or a gap."""
    say = words()["notice"]
    names = {plain(row["responsible"]) for row in findings}
    days = {row["due_on"] for row in findings}
    name, day = next(iter(names)), next(iter(days))
    who = _which(names, "") if names else "none"
    until = _which(days, None)
    return {
        "responsible": say[f"responsible_{who}"].format(name=name),
        "due": say[f"due_{until}"].format(day=day_text(day)),
    }


def _which(values: set[Any], gap: Any) -> str:
    if len(values) > 1:
        return "many"
    return "none" if gap in values else "one"


def _era(year: int) -> str:
    return "old" if year <= words()["old_until"] else "new"


def _list(letter: Letter, findings: Sequence[Row], heading: Heading) -> None:
    say = words()["notice"]
    letter.next_section(turned=True)
    letter.paragraph(say["list"]["annex"], "annex")
    letter.paragraph(say["list"]["title"], "annex_title")
    letter.table(widths(say["columns"]), [c["zh"] for c in say["columns"]], _lines(findings))
    letter.paragraph(version_line(heading), "note")


def widths(columns: Sequence[Mapping[str, Any]]) -> list[Width]:
    """Return the declared columns as those of a table."""
    return [Width(c["width"], "cell_middle" if c.get("middle") else "cell") for c in columns]


def _lines(findings: Sequence[Row]) -> Iterator[Line]:
    """Yield the rows of the list, each report under a line that tells where it is."""
    say = words()["notice"]
    numbered = enumerate(findings, start=1)
    for _, group in groupby(numbered, key=lambda one: one[1]["report_id"]):
        rows = list(group)
        report = rows[0][1]
        yield say["report"].format(
            year=report["report_year"],
            scope=words()["scopes"].get(report["scope"], report["scope"]),
            title=masked(report["report_title"]),
            source=plain(told_source(report["source_url"])) or words()["blank"],
        )
        for number, row in rows:
            shown = {"number": str(number), **finding_texts(row)}
            yield [shown[column["name"]] for column in say["columns"]]


def finding_texts(row: Row) -> dict[str, str]:
    """Return a finding in the words of the list."""
    said = words()
    theme = said["themes"].get(row["theme"], said["theme_else"])
    message = row["message_zh"]
    problem = [masked(message)]
    quote = masked(row["quote"])
    if quote and quote not in problem[0]:
        problem.append(said["quote"].format(quote=quote))
    if row["remark"]:
        problem.append(said["remark"].format(remark=masked(row["remark"])))
    if row["blame"] == "reading" and row["state"] != "returned":
        problem.append(said["by_reading"])
    return {
        "severity": said["severities"][row["severity"]],
        "part": _part(row, message, theme["part"]),
        "problem": "；".join(text.rstrip("。；") for text in problem),
        "basis": _basis(row, theme["basis"]),
        "advice": plain(row["advice_zh"]),
        "responsible": plain(row["responsible"]),
        "due": day_text(row["due_on"]),
    }


def _part(row: Row, message: str, otherwise: str) -> str:
    """Return the table as the finding names it, and the row or section in it."""
    table = _TABLE.match(message)
    subject = masked(row["subject_zh"]).replace(" > ", "·")
    return "".join(filter(None, [table[0] if table else "", subject])) or otherwise


def _basis(row: Row, pattern: str) -> str:
    said = words()
    form = said["forms"].get(row["form"], said["forms"]["none"])
    return pattern.format(form=form, **said["duties"][_era(row["report_year"])])


def _answer(letter: Letter) -> None:
    say = words()["notice"]["answer"]
    letter.next_section(turned=False)
    letter.paragraph(say["annex"], "annex")
    letter.paragraph(say["title"], "annex_title")
    for line in say["lines"]:
        letter.paragraph(line)

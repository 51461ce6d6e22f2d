"""Golden documents of text, Markdown, spreadsheets, OFD and bundles."""

from collections.abc import Iterator

from support.bundle_writer import rar_of, zip_of
from support.golden_case import Case
from support.golden_render import docx, markdown, ofd, text, xls, xlsx
from support.golden_reports import bare_report, old_report, report, sample
from support.ofd_writer import OfdLook
from support.spreadsheet_writer import Noise, xls_bytes, xlsx_bytes


def plain_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _texts()
    yield from _markdown()
    yield from _workbooks()
    yield from _ofd()
    yield from _bundles()


def _texts() -> Iterator[Case]:
    about = "plain text as Word exports it: a cell per line after a tab"
    for year in (2019, 2021):
        whole = report(sample("云汀市司法局", year, "large"))
        data = text(whole.parts).encode()
        yield Case(f"text-{year}.txt", "text", data, about, [whole], (27,))
    old = old_report("云汀市司法局", 2018)
    yield Case("text-2014.txt", "text", text(old.parts).encode("gb18030"), about, [old], (24, 27))
    bare = bare_report("云汀市司法局", 2023)
    data = text(bare.parts).replace("\n", "\r\n").encode("utf-16")
    yield Case("text-none.txt", "text", data, "plain text in UTF-16 without tables", [bare])


def _markdown() -> Iterator[Case]:
    for year, merged in ((2020, "blank"), (2021, "repeated"), (2022, "html")):
        whole = report(sample("云汀市审计局", year))
        data = markdown(whole.parts, merged).encode()  # type: ignore[arg-type]
        about = f"Markdown, merged cells {merged}"
        floor = 0.97 if merged == "repeated" else 1.0
        name = f"markdown-{year}.md"
        yield Case(name, "markdown", data, about, [whole], floor=floor)
    old = old_report("云汀市审计局", 2015)
    about = "Markdown, the statistics table of 2014"
    yield Case("markdown-2014.md", "markdown", markdown(old.parts).encode(), about, [old])


def _workbooks() -> Iterator[Case]:
    for year, noise in ((2020, Noise(3, formats=True)), (2022, Noise(4, own_sheets=True))):
        one = sample("青岫县粮食局", year)
        about = "a workbook, numbers under formats" if noise.formats else "a sheet for each table"
        for suffix, write in (("xlsx", xlsx_bytes), ("xls", xls_bytes)):
            name = f"{suffix}-{year}.{suffix}"
            yield Case(name, suffix, write(one, noise), about, [report(one)])
    old = old_report("青岫县粮食局", 2014)
    about = "a workbook with the statistics table of 2014"
    yield Case("xlsx-2014.xlsx", "xlsx", xlsx(old.parts), about, [old])
    yield Case("xls-2014.xls", "xls", xls(old.parts), about, [old])


def _ofd() -> Iterator[Case]:
    looks = {
        2020: OfdLook(filled_lines=True),
        2021: OfdLook(per_character=True, scaled=True),
        2022: OfdLook(twice=True, repeat_header=True, absolute_paths=True),
    }
    for year, look in looks.items():
        whole = report(sample("石翎区应急管理局", year))
        data = ofd(whole.parts, look)
        yield Case(f"ofd-{year}.ofd", "ofd", data, "OFD, drawn line by line", [whole], (28,))


def _bundles() -> Iterator[Case]:
    first = report(sample("石翎区民政局", 2019))
    second = report(sample("石翎区文物局", 2021))
    files = (("民政局.docx", docx(first.parts)), ("文物局.txt", text(second.parts).encode()))
    about = "a bundle of two reports"
    yield Case("bundle-two.zip", "zip", zip_of(*files), about, [first, second])
    damaged = zip_of(("报告.txt", text(second.parts).encode()), ("坏.docx", files[0][1][:3000]))
    about = "a bundle of a report and a damaged file"
    yield Case("bundle-damaged.zip", "zip", damaged, about, [second], (28,), ("damaged",))
    packed = rar_of(("民政局.txt", text(first.parts).encode()))
    yield Case("bundle.rar", "rar", packed, "a rar of one report", [first])

"""Golden documents of Word and its relatives, written by python-docx and LibreOffice."""

import re
from collections.abc import Iterator, Sequence

from nianbao.sample.report import Style
from support.docx_report import Noise
from support.golden_case import Case
from support.golden_render import bare_page, body, docx
from support.golden_reports import bare_report, old_report, only, report, sample
from support.office_writer import FILTERS, word_2003
from support.office_writer import written as written_as
from support.ole_writer import ole_bytes

_MORE = {"pdf": "pdf:writer_pdf_Export"}


def written(files: Sequence[bytes], suffix: str, kind: str) -> list[bytes]:
    """Return files as LibreOffice saves them, in one format more than the tests of readers need."""
    FILTERS.setdefault(kind, _MORE.get(kind, ""))
    return written_as(files, suffix, kind)


def office_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _docx()
    yield from _converted()
    yield from _flat()
    yield from _other_names()


def _docx() -> Iterator[Case]:
    for year, noise, about in (
        (2019, Noise(1, automatic_numbers=True), "ordinals by automatic numbering"),
        (2020, Noise(2, split_runs=True, tracked_changes=True), "tracked changes, split runs"),
        (2021, Noise(3, in_layout_table=True, old_merges=True), "all of it in a layout table"),
        (2022, Noise(4, title_in_text_box=True, content_controls=True), "title in a text box"),
        (2023, Noise(5, hidden_text=True), "hidden text beside the numbers"),
    ):
        whole = report(sample("云汀市教育局", year))
        whole = whole if year in (2019, 2021) else only(whole, "proactive", "reviews")
        data = docx(whole.parts, noise)
        yield Case(f"docx-{year}.docx", "docx", data, about, [whole])
    old = old_report("云汀市教育局", 2016)
    yield Case("docx-2014.docx", "docx", docx(old.parts), "the statistics table of 2014", [old])
    bare = bare_report("云汀市教育局", 2024)
    yield Case("docx-none.docx", "docx", docx(bare.parts), "a report without tables", [bare])


def _converted() -> Iterator[Case]:
    reports = {
        "2014": old_report("云汀市体育局", 2015),
        "2019": report(sample("云汀市体育局", 2019)),
        "2021": report(sample("云汀市体育局", 2021, style=Style(two_line_title=True))),
        "none": bare_report("云汀市体育局", 2022),
    }
    noise = Noise(6, automatic_numbers=True)
    sources = [docx(one.parts, noise) for one in reports.values()]
    for kind, name in (("doc", "doc"), ("odt", "odt"), ("rtf", "rtf")):
        few = len(sources) if kind in ("doc", "odt") else 2
        for (form, one), data in zip(
            reports.items(), written(sources[:few], "docx", kind), strict=False
        ):
            yield Case(f"{kind}-{form}.{kind}", name, data, f"{name} saved by LibreOffice", [one])


def _flat() -> Iterator[Case]:
    for year in (2020, 2023):
        small = only(report(sample("云汀市体育局", year)), "proactive", "reviews")
        data = re.sub(
            rb"<w:styles.*</w:styles>", b"", word_2003(docx(small.parts)), flags=re.DOTALL
        )
        yield Case(f"wordxml-{year}.xml", "Word XML", data, "Word's XML of 2003", [small])


def _other_names() -> Iterator[Case]:
    """Yield files whose name says something else than their bytes."""
    one = only(report(sample("青岫县统计局", 2022)), "proactive", "reviews")
    word = docx(one.parts)
    [rtf] = written([word], "docx", "rtf")
    [doc] = written([word], "docx", "doc")
    page = bare_page(body(one.parts, Style(word=True))).encode()
    for name, data, what in (
        ("q28-rtf.wps", rtf, "rtf"),
        ("q28-html.wps", page, "html"),
        ("q28-docx.wps", word, "docx"),
        ("q28-doc.wps", doc, "doc"),
        ("q28-rtf.doc", rtf, "rtf"),
        ("q28-html.doc", page, "html"),
        ("q28-docx.doc", word, "docx"),
    ):
        shown = "html from Word" if what == "html" else what
        yield Case(name, shown, data, f"{what} under another name", [one], (28,))
    about = "an OLE file of the program Works with nothing readable in it"
    works = ole_bytes({"CONTENTS": b"CHNKWKS " + bytes(4000), "CompObj": b"\1" * 80})
    yield Case("q28-works.wps", "wps", works, about, quirks=(28,), errors=("damaged",))
    about = "a Word file that breaks off"
    yield Case("q28-cut.doc", "doc", doc[:3000], about, quirks=(28,), errors=("damaged",))
    locked = ole_bytes({"EncryptedPackage": bytes(5000), "EncryptionInfo": b"\4\0\4\0" + bytes(60)})
    about = "a Word file under a password"
    yield Case("q28-locked.docx", "docx", locked, about, quirks=(28,), errors=("encrypted",))

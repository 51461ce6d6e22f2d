"""Binary Word files by way of LibreOffice: real files, written by it, and hostile ones."""

import contextlib
import http.server
import io
import random
import tempfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from nianbao.documents.office import read as office
from nianbao.documents.office import run as office_run
from nianbao.documents.office.flat import packed, unfolded
from nianbao.documents.office.profile import sockets_of
from nianbao.documents.office.read import OfficeFile, read_office, read_office_batch
from nianbao.documents.office.run import Limits
from nianbao.errors import ReadError
from nianbao.model import Document
from support.docx_report import HARMS, Noise
from support.docx_writer import package, paragraph, run
from support.fake_converter import install
from support.office_checks import score
from support.office_formats import converted, word_xml_bytes
from support.office_parts import reports, with_distinct_numbers
from support.office_writer import needs_office
from support.ole_writer import ole_bytes

REPORTS = [with_distinct_numbers(report, 1) for report in reports()[::5]]
NOISES = [
    Noise(),
    Noise(1, automatic_numbers=True, split_runs=True),
    Noise(2, tracked_changes=True),
    Noise(3, hidden_text=True, in_layout_table=True),
    Noise(6, old_merges=True, widths="slivers"),
    Noise(7, widths="uneven"),
    Noise(8, content_controls=True, tracked_changes=True),
    *(Noise(4, harm=harm) for harm in HARMS),
]
CASES = [(REPORTS[n % len(REPORTS)], noise) for n, noise in enumerate(NOISES)]


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    return converted(CASES, "doc")


def failure(result: Document | ReadError) -> str:
    return result.code if isinstance(result, ReadError) else ""


@needs_office
def test_every_cell_is_read_as_printed_and_doubtful_ones_with_a_finding(files: list[bytes]) -> None:
    read = read_office_batch([OfficeFile(data, "doc") for data in files])
    for (report, noise), document in zip(CASES, read, strict=True):
        assert isinstance(document, Document), noise
        counts = score(report, document)
        assert counts["wrong"] == 0, noise
        sure = not (noise.harm or noise.content_controls)
        assert not sure or counts["right"] == len(report.cells), noise


@needs_office
def test_a_bad_file_spoils_no_other(files: list[bytes]) -> None:
    dice = random.Random(1)
    broken = bytearray(files[1])
    for _ in range(3000):
        broken[dice.randrange(512, len(broken))] = dice.randrange(256)
    batch = [files[0], bytes(broken), files[0][: len(files[0]) // 2], files[0]]
    read = read_office_batch([OfficeFile(data, "doc") for data in batch])
    assert isinstance(read[0], Document)
    assert read[0] == read[3]
    assert failure(read[2]) == "damaged"


@needs_office
def test_several_conversions_at_once_do_not_clash(files: list[bytes]) -> None:
    with ThreadPoolExecutor(3) as pool:
        read = list(pool.map(read_office, files[:3]))
    assert [bool(document.tables) for document in read] == [True] * 3


TIGHT = Limits(seconds_to_start=0.5, seconds_per_file=0.3)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b"HANG", "over_limit"),
        (b"DIES", "over_limit"),
        (b"HALF", "over_limit"),
        (b"FAIL", "damaged"),
    ],
)
def test_a_file_that_breaks_the_converter_is_its_own_error_and_the_rest_is_read(
    bad: bytes, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    converter = install(monkeypatch, tmp_path)
    read = read_office_batch([OfficeFile(x, "odt") for x in (b"1", bad, b"3", b"4")], TIGHT)
    assert [failure(result) for result in read] == ["", code, "", ""]
    assert converter.starts == (1 if bad == b"FAIL" else 3)


def test_a_run_that_fills_the_disk_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, tmp_path)
    with pytest.raises(ReadError, match="wrote more than 800000 bytes"):
        read_office(b"FULL", "odt", Limits(folder_bytes=800_000))


@needs_office
@pytest.mark.parametrize("limits", [Limits(), Limits(seconds_to_start=2.5, seconds_per_file=0)])
def test_nothing_of_a_run_is_left_even_where_it_was_killed(
    files: list[bytes], limits: Limits, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[Path] = []
    size = office_run._size

    def watched(folder: Path) -> int:
        seen.extend(sockets_of(folder / "profile"))
        return size(folder)

    monkeypatch.setattr(office_run, "_size", watched)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with contextlib.suppress(ReadError):
        read_office_batch([OfficeFile(data, "doc") for data in files[:4]], limits)
    assert seen
    assert not [path for path in seen if path.exists()]
    assert not list(tmp_path.iterdir())


@needs_office
def test_a_macro_that_runs_on_opening_does_not_run(tmp_path: Path) -> None:
    made = tmp_path / "made"
    document = read_office(odt_with_macro(f'Open "{made}" For Output As #1\nClose #1'), "odt")
    assert "年报" in document.paragraphs[0].text
    assert not made.exists()


@needs_office
@pytest.mark.parametrize(
    "limits",
    [
        Limits(seconds_to_start=0.1, seconds_per_file=0),
        Limits(memory_bytes=200_000_000),
        Limits(folder_bytes=1_000),
    ],
    ids=["time", "memory", "disk"],
)
def test_limits_hold_and_leave_no_process(files: list[bytes], limits: Limits) -> None:
    with pytest.raises(ReadError) as raised:
        read_office(files[0], "doc", limits)
    assert raised.value.code == "over_limit"
    left = [process.name() for process in psutil.Process().children(recursive=True)]
    assert not [name for name in left if "office" in name]


def odt_with_macro(code: str) -> bytes:
    """An OpenDocument text with a macro in Basic that is called on opening."""
    script = (
        '<office:event-listeners xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"><script:event-listener'
        ' script:language="ooo:script" script:event-name="dom:load" xlink:type="simple"'
        ' xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>'
        "</office:event-listeners>"
    )
    space = 'xmlns:library="http://openoffice.org/2000/library"'
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"'
        f' script:language="StarBasic">Sub Main\n{code}\nEnd Sub\n</script:module>'
    )
    files = {
        "Basic/script-lc.xml": f'<library:libraries {space}><library:library library:name="Standard"'
        ' library:link="false"/></library:libraries>',
        "Basic/Standard/script-lb.xml": f'<library:library {space} library:name="Standard"'
        ' library:readonly="false"><library:element library:name="M"/></library:library>',
        "Basic/Standard/M.xml": module,
    }
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(odt("http://127.0.0.1:9/x.png"))) as old,
        zipfile.ZipFile(data, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "<office:body>", f"<office:scripts>{script}</office:scripts><office:body>"
            )
            if name.startswith("META-INF"):
                entries = "".join(
                    f'<m:file-entry m:full-path="{inner}" m:media-type="text/xml"/>'
                    for inner in files
                )
                text = text.replace("</m:manifest>", f"{entries}</m:manifest>")
            new.writestr(name, text)
        for name, text in files.items():
            new.writestr(name, text)
    return data.getvalue()


def odt(picture: str) -> bytes:
    """An OpenDocument text with a linked picture."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' office:version="1.2"><office:body><office:text><text:p>年报<draw:frame><draw:image'
        f' xlink:href="{picture}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>'
        "</office:text></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        container.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry'
            ' m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry'
            ' m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
        container.writestr("content.xml", content)
    return data.getvalue()


class _Visits(http.server.BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@needs_office
@pytest.mark.parametrize("fenced", [True, False], ids=["without a network", "by settings alone"])
def test_what_a_file_links_is_not_fetched(fenced: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fenced:
        monkeypatch.setattr(office_run, "_without_network", tuple)
    _Visits.seen.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), _Visits) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        document = read_office(odt(f"http://127.0.0.1:{server.server_port}/x.png"), "odt")
        server.shutdown()
        thread.join(5)
    assert "年报" in document.paragraphs[0].text
    assert _Visits.seen == []


def word_head(flags: int) -> bytes:
    return ole_bytes({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(6) + flags.to_bytes(2, "little")})


@pytest.mark.parametrize(
    ("data", "file_format", "code"),
    [
        (word_head(0x0100), "doc", "encrypted"),
        (ole_bytes({"Workbook": b""}), "doc", "damaged"),
        (b"\xd0\xcf\x11\xe0", "doc", "damaged"),
        (b"%PDF", "pdf", "unsupported_format"),
    ],
)
def test_what_is_known_to_fail_starts_no_converter(
    data: bytes, file_format: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "run_converter", None)
    with pytest.raises(ReadError) as raised:
        read_office(data, file_format)
    assert raised.value.code == code


def test_without_the_converter_the_reason_names_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    office_run.find_converter.cache_clear()
    with pytest.raises(ReadError, match="libreoffice-writer-nogui") as raised:
        read_office(word_head(0))
    office_run.find_converter.cache_clear()
    assert raised.value.code == "converter_missing"


def flat(docx: bytes) -> bytes:
    """A docx as Word's one-file XML."""
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        parts = {
            name: container.read(name).decode()
            for name in container.namelist()
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml"
        }
    body = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml.split("?>", 1)[-1]}</pkg:xmlData></pkg:part>'
        for name, xml in parts.items()
    )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{body}</pkg:package>'.encode()


def test_word_xml_of_one_file_needs_no_converter() -> None:
    document = read_office(flat(package(paragraph(run("年报")))), "word_xml")
    assert [p.text for p in document.paragraphs] == ["年报"]
    assert document.reader == "word_xml"


def test_a_flat_package_that_brings_a_list_of_its_own_has_one() -> None:
    name = "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(packed({name: b"<x/>", "a.xml": b"<a/>"}))) as made:
        assert made.namelist() == [name, "a.xml"]


def test_word_xml_with_a_document_type_is_refused() -> None:
    with pytest.raises(ReadError):
        unfolded(b'<!DOCTYPE a [<!ENTITY b "c">]><pkg:package xmlns:pkg="x">&b;</pkg:package>')


@pytest.mark.parametrize("noise", NOISES)
def test_every_cell_of_word_xml_of_2003_is_read_as_printed(noise: Noise) -> None:
    report = REPORTS[noise.seed]
    counts = score(report, read_office(word_xml_bytes(report, noise), "word_xml"))
    assert counts["wrong"] == 0
    assert noise.harm or counts["right"] == len(report.cells)


def word_2003(body: str) -> Document:
    """A file in Word's XML of 2003, in whose body text stands."""
    spaces = (
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    )
    data = (
        f"<w:wordDocument {spaces}><w:body><wx:sect><w:p>{body}</w:p></wx:sect></w:body>"
        "</w:wordDocument>"
    )
    return read_office(data.encode(), "word_xml")


RUN = "<w:r><w:t>12</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (RUN, ["12"]),
        (f'<w:pPr><w:listPr><wx:t wx:val="一、"/></w:listPr></w:pPr>{RUN}', ["一、12"]),
        (f"<own:tag xmlns:own='x'>{RUN}</own:tag>", ["12"]),
        (
            f"{RUN}<w:r><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:r>",
            ["12[1]", "[1] 注"],
        ),
        (
            f'{RUN}<aml:annotation w:type="Word.Comment"><aml:content><w:p><w:r><w:t>9</w:t></w:r>'
            "</w:p></aml:content></aml:annotation>",
            ["12"],
        ),
        (
            f'{RUN}<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>3</w:delText>'
            f"</w:r></aml:content></aml:annotation>{RUN}",
            ["12[3]12"],
        ),
    ],
    ids=["text", "list number", "own tag", "note", "comment", "deletion"],
)
def test_what_word_xml_of_2003_prints(body: str, expected: list[str]) -> None:
    assert [p.text for p in word_2003(body).paragraphs] == expected

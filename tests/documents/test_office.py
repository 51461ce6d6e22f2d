"""Binary Word files by way of LibreOffice: real files, written by it, and hostile ones."""

import http.server
import io
import random
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from nianbao.documents.office import read as office
from nianbao.documents.office import run as office_run
from nianbao.documents.office.flat import unfolded
from nianbao.documents.office.read import OfficeFile, read_office, read_office_batch
from nianbao.documents.office.run import Limits
from nianbao.errors import ReadError
from nianbao.model import Document
from nianbao.sample.errors import printed_reports
from support.docx_writer import HARMS, Noise, docx_bytes, package, paragraph, run
from support.office_checks import score
from support.office_writer import needs_office, with_widths, written
from support.ole_writer import ole_bytes

REPORTS = printed_reports()[::8]
NOISES = [
    Noise(),
    Noise(1, automatic_numbers=True, split_runs=True),
    Noise(2, tracked_changes=True),
    Noise(3, hidden_text=True, in_layout_table=True),
    *(Noise(4, harm=harm) for harm in HARMS),
]
"""Content controls and merges of the old kind are missing: LibreOffice itself loses them in docx."""
CASES = [(REPORTS[n % len(REPORTS)], noise) for n, noise in enumerate(NOISES)]


@pytest.fixture(scope="module")
def files() -> list[bytes]:
    return written(
        [with_widths(docx_bytes(report, noise)) for report, noise in CASES], "docx", "doc"
    )


def failure(result: Document | ReadError) -> str:
    return result.code if isinstance(result, ReadError) else ""


@needs_office
def test_every_cell_is_read_as_printed_and_doubtful_ones_with_a_finding(files: list[bytes]) -> None:
    read = read_office_batch([OfficeFile(data, "doc") for data in files])
    for (report, noise), document in zip(CASES, read, strict=True):
        assert isinstance(document, Document), noise
        counts = score(report, document)
        assert counts["wrong"] == 0, noise
        assert noise.harm or counts["right"] == len(report.cells), noise


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


def test_word_xml_with_a_document_type_is_refused() -> None:
    with pytest.raises(ReadError):
        unfolded(b'<!DOCTYPE a [<!ENTITY b "c">]><pkg:package xmlns:pkg="x">&b;</pkg:package>')


@needs_office
def test_word_xml_of_2003() -> None:
    word = "http://schemas.microsoft.com/office/word/2003/wordml"
    data = (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument'
        f' xmlns:w="{word}"><w:body><w:p><w:r><w:t>年报</w:t></w:r></w:p></w:body></w:wordDocument>'
    )
    assert [p.text for p in read_office(data.encode(), "word_xml").paragraphs] == ["年报"]

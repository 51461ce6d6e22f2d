"""Pages saved in a single file, by Word and by browsers."""

import random
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from quopri import encodestring

import pytest

from nianbao.documents.html.mhtml import read_mhtml
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.sample.errors import printed_reports
from nianbao.sample.render import body_html
from support.office_checks import score


def saved(html: bytes, charset: str, transfer: str) -> bytes:
    """A page as the root of a message, a picture beside it."""
    message = MIMEMultipart("related", type="text/html")
    page = MIMENonMultipart("text", "html", charset=charset)
    page["Content-Location"] = "file:///C:/report.htm"
    if transfer == "base64":
        from base64 import encodebytes

        payload = encodebytes(html)
    else:
        payload = encodestring(html)
    page["Content-Transfer-Encoding"] = transfer
    page.set_payload(payload.decode("ascii"))
    message.attach(page)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", "image", "png")
    message.attach(picture)
    return message.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("report", printed_reports()[::12], ids=lambda report: report.organisation)
def test_every_cell_is_read_as_printed(report, charset: str, transfer: str) -> None:  # type: ignore[no-untyped-def]
    html = f"<html><body>{body_html(report)}</body></html>"
    data = saved(html.encode("gb18030" if charset == "gb2312" else charset), charset, transfer)
    assert format_of(data) == "mhtml"
    document = read_mhtml(data)
    assert score(report, document)["right"] == len(report.cells)
    assert document.reader == "mhtml"


def test_the_root_is_the_part_that_the_message_names() -> None:
    data = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; start="<b>"; boundary=x\n\n'
        b"--x\nContent-Type: text/html\nContent-ID: <a>\n\n<p>frame\n"
        b"--x\nContent-Type: text/html\nContent-ID: <b>\n\n<p>page\n--x--\n"
    )
    assert [p.text for p in read_mhtml(data).paragraphs] == ["page"]


def test_a_message_without_a_page_is_damaged() -> None:
    with pytest.raises(ReadError) as raised:
        read_mhtml(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx")
    assert raised.value.code == "damaged"


def test_damaged_files_end_in_one_kind_of_error() -> None:
    dice = random.Random(2)
    whole = saved(b"<html><body><table><tr><td>1<td>2</table>", "utf-8", "base64")
    for _ in range(300):
        changed = bytearray(whole[: dice.randrange(1, len(whole) + 1)])
        for _ in range(dice.randrange(9)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        try:
            read_mhtml(bytes(changed))
        except ReadError as error:
            code = error.code
        else:
            code = ""
        assert code in {"", "damaged", "undecodable"}

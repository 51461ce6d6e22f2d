"""What a 整改通知单 says, read back from the file."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from nianbao.letters.notice import Heading, finding_texts, notice

AT = datetime(2026, 3, 1, tzinfo=UTC)
HEADING = Heading("v1", AT, None)


def finding(**changes: Any) -> dict[str, Any]:
    plain = {
        "org_id": "o", "organisation": "某局", "report_year": 2021, "scope": "agency", "form": "2021",
        "report_id": "r1", "report_title": "年报", "severity": "error", "theme": "applications",
        "message_zh": "《表三》“一、新收”·总计：填报 3，应为 1", "subject_zh": "一、新收", "quote": None,
        "blame": "publisher", "advice_zh": "核对台账。", "source_url": "http://site/report",
        "state": "returned", "responsible": None, "due_on": None, "remark": None,
    }  # fmt: skip
    return {**plain, **changes}


def text_of(data: bytes) -> str:
    pages = Document(BytesIO(data))
    cells = [cell.text for table in pages.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in pages.paragraphs), *cells])


def test_it_names_the_cell_its_basis_and_where_the_report_is() -> None:
    text = text_of(notice("某局", [finding()], HEADING))
    for words in (
        "某局：",
        "填报 3，应为 1",
        "国办公开办函",
        "核对台账。",
        "http://site/report",
    ):
        assert words in text
    assert "第四十七条" in text
    assert "492号" not in text


def test_a_report_before_the_new_regulation_rests_on_the_old_one() -> None:
    text = text_of(notice("某局", [finding(report_year=2017, form="2014", theme="text")], HEADING))
    assert "国务院令第492号" in text
    assert "2007年《条例》第三十二条" in text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([None], "请于　　　　年　　月　　日前"),
        ([date(2026, 3, 5)], "请于2026年3月5日前"),
        ([date(2026, 3, 5), None], "栏所列日期"),
    ],
)
def test_the_day_is_that_of_the_verdicts_or_a_gap(days: list[date | None], told: str) -> None:
    rows = [finding(due_on=day) for day in days]
    assert told in text_of(notice("某局", rows, HEADING))


def test_the_issuer_and_the_day_are_gaps_until_somebody_gives_them() -> None:
    assert "（发文机关名称）" in text_of(notice("某局", [finding()], HEADING))
    signed = Heading("v1", AT, None, "某市人民政府办公室", date(2026, 3, 2))
    text = text_of(notice("某局", [finding()], signed))
    assert "某市人民政府办公室\n2026年3月2日" in text


def test_personal_data_is_masked_and_no_control_character_gets_in() -> None:
    row = finding(message_zh="来电13812345678\x0b，=1+1\x00", quote="身份证11010519491231002X")
    told = finding_texts(row)["problem"]
    assert "13812345678" not in told
    assert "11010519491231002X" not in told
    assert "=1+1" in text_of(notice("某\x1f局", [row], HEADING))


def test_an_applicant_is_named_in_no_column_of_the_list() -> None:
    words = "申请人王小明家住和平路12号3室"
    row = finding(message_zh=words, subject_zh=words, quote=words, remark=words)
    told = "".join(finding_texts(row).values())
    assert "王小明" not in told
    assert "和平路" not in told


def test_an_inbox_is_told_by_the_name_of_the_file_alone() -> None:
    text = text_of(notice("某局", [finding(source_url="s3://inbox/2021/年报.docx")], HEADING))
    assert "年报.docx" in text
    assert "s3://" not in text


def test_a_doubtful_reading_is_told_unless_somebody_sent_it_back() -> None:
    doubtful = finding(blame="reading", state="open")
    assert "识读存疑" in finding_texts(doubtful)["problem"]
    assert "识读存疑" not in finding_texts(finding(blame="reading"))["problem"]


def test_equal_letters_have_equal_bytes_and_tell_no_time_of_their_own() -> None:
    first, second = (notice("某局", [finding()], HEADING) for _ in range(2))
    assert first == second
    known = Document(BytesIO(first)).core_properties
    assert (known.author, known.created, known.modified) == ("Nianbao", AT, AT)

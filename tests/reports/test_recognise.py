"""Tables of every shape lead to the same cells, and what can't be told apart stays unread."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from nianbao.documents import read_document
from nianbao.errors import ReadError
from nianbao.forms import load_form
from nianbao.model import Cell, Report
from nianbao.reports import recognise

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = [row.zh for row in load_form("2021").table("applications").rows if not row.optional]


def page(*tables: str, title: str = "某市商务局2021年政府信息公开工作年度报告") -> bytes:
    return (
        f"<html><body><h1>{title}</h1><p>一、总体情况</p>{''.join(tables)}</body></html>".encode()
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def applications(
    labels: Sequence[str] = tuple(ROWS), header: Sequence[str] = tuple(APPLICANTS)
) -> str:
    body = [[label, *(str(10 * i + j) for j in range(7))] for i, label in enumerate(labels)]
    return table([["", *header], *body])


def read(*tables: str, title: str = "某市商务局2021年政府信息公开工作年度报告") -> Report:
    [report] = recognise(read_document(page(*tables, title=title)))
    return report


def cells(report: Report) -> dict[str, Cell]:
    return {cell.code: cell for cell in report.cells}


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_rows_and_columns_get_their_codes() -> None:
    read_cells = cells(read(applications()))
    assert read_cells["applications.received.natural_person"].value == 0
    assert read_cells["applications.carried_in.total"].value == 16
    assert read_cells["applications.refused.state_secret.business"].value == 41


def test_a_cut_label_is_placed_by_its_place_and_noticed() -> None:
    labels = [label.removesuffix("秘密") for label in ROWS]
    report = read(applications(labels))
    assert cells(report)["applications.refused.state_secret.total"].value == 46
    assert "label_variant" in codes(report)


def test_an_invented_row_is_left_out_with_a_finding() -> None:
    labels = [*ROWS[:12], "小计", *ROWS[12:]]
    report = read(applications(labels))
    assert "unknown_label" in codes(report)
    assert cells(report)["applications.unavailable.not_held.natural_person"].value == 130


def test_an_absent_row_is_missing_and_noticed() -> None:
    labels = [label for label in ROWS if label != "2.重复申请"]
    report = read(applications(labels))
    cell = cells(report)["applications.not_processed.repeat.total"]
    assert (cell.kind, cell.value) == ("missing", None)
    assert "missing_row" in codes(report)


def test_a_row_printed_twice_with_other_numbers_stays_unread() -> None:
    report = read(applications([*ROWS, ROWS[0]]))
    cell = cells(report)["applications.received.total"]
    assert (cell.kind, cell.value) == ("text", None)
    assert "duplicate_row" in codes(report)


def test_swapped_columns_are_not_read_into_the_wrong_cells() -> None:
    header = ["自然人", "科研机构", "商业企业", *APPLICANTS[3:]]
    report = read(applications(header=header))
    assert {cell.value for cell in report.cells} == {None}
    assert "row_unread" in codes(report)


def test_swapped_columns_are_seen_in_any_row_of_the_header() -> None:
    header = [["", "总计", "法人或其他组织", "自然人"], ["", "", *APPLICANTS[1:6], ""]]
    rows = [[label, *"1234567"] for label in ROWS]
    assert {cell.value for cell in read(table([*header, *rows])).cells} == {None}


def test_one_column_more_than_the_form_has_shifts_no_number() -> None:
    header = ["", *APPLICANTS, "备注"]
    rows = [[label, "", *"234567", ""] for label in ROWS]
    report = read(table([header, *rows]))
    assert {cell.value for cell in report.cells} == {None}
    assert "row_unread" in codes(report)


def test_labels_whose_merged_cells_were_taken_apart_are_no_numbers() -> None:
    rows = [["", "", *APPLICANTS], [ROWS[0], "", *"1234567"]]
    rows += [["组", label, *"1234567"] for label in ROWS[1:]]
    assert cells(read(table(rows)))["applications.received.natural_person"].value == 1


def test_a_title_with_nothing_below_it_is_no_report() -> None:
    title = "某市商务局2021年政府信息公开工作年度报告"
    with pytest.raises(ReadError) as raised:
        recognise(read_document(f"<body><h1>{title}</h1><a href=x.html>返回</a>".encode()))
    assert raised.value.code == "no_content"


@pytest.mark.parametrize("heading", ["某市商务局2021年政府信息公开工作年度报告", "通知公告"])
def test_a_page_that_only_links_files_says_so(heading: str) -> None:
    page = f"<body><h1>{heading}</h1><a href=/files/1.doc>某局年报</a>".encode()
    with pytest.raises(ReadError, match="某局年报") as raised:
        recognise(read_document(page))
    assert raised.value.code == "attachments_only"


def test_a_report_that_links_files_is_a_report() -> None:
    report = read(applications(), '<a href="1.docx">附件</a>')
    assert report.form == "2021"


def test_a_row_too_short_stays_unread_with_what_is_printed() -> None:
    rows = [["", *APPLICANTS], *([label, "1", "2", "3"] for label in ROWS)]
    report = read(table(rows))
    cell = cells(report)["applications.granted.total"]
    assert (cell.kind, cell.value) == ("text", None)
    assert cell.raw == "（一）予以公开 | 1 | 2 | 3"


def test_a_group_printed_as_one_row_is_known() -> None:
    labels = [
        label for label in ROWS if label[:2] not in ("1.", "2.", "3.") or "申请人" not in label
    ]
    labels = [label for label in labels if label != "3.其他"]
    labels.insert(labels.index("（七）总计"), "（六）其他处理")
    report = read(applications(labels))
    assert cells(report)["applications.other.natural_person"].value is not None
    assert not {
        f.message for f in report.findings if "其他" in f.message and f.code == "missing_row"
    }


def test_split_digits_are_not_put_together() -> None:
    rows = [["", *APPLICANTS], [ROWS[0], "2 0", "0", "0", "0", "0", "0", "20"], *_zero_rows()]
    report = read(table(rows))
    cell = cells(report)["applications.received.natural_person"]
    assert (cell.kind, cell.raw, cell.value) == ("text", "2 0", None)
    assert "unread_cell" in codes(report)


def test_a_form_that_is_not_of_its_year_is_noticed() -> None:
    proactive = table(
        [
            ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
            ["规章", "1", "2", "3"],
        ]
    )
    report = read(proactive, title="某市商务局2022年政府信息公开工作年度报告")
    assert report.form == "2019"
    assert "form_not_of_its_year" in codes(report)


def test_a_report_without_a_known_table_is_still_a_report() -> None:
    report = read("<p>全年主动公开信息共12条。</p>")
    assert (report.form, report.cells) == ("none", ())
    assert [(fact.measure, fact.value) for fact in report.narrative] == [("disclosed.total", 12)]


@pytest.mark.parametrize("body", ["<p>关于放假的通知</p>", "<table><tr><td>1</td></tr></table>"])
def test_a_page_that_is_no_report_says_so(body: str) -> None:
    with pytest.raises(ReadError) as raised:
        recognise(read_document(f"<html><body>{body}</body></html>".encode()))
    assert raised.value.code == "not_a_report"


def _zero_rows() -> list[list[str]]:
    return [[label, *["0"] * 7] for label in ROWS[1:]]


def statistics(*, with_units: bool = True) -> str:
    """The statistics table of 2014, group heads included, numbered from 1 in printed order."""
    rows, seen = [["统计指标", "单位", "统计数"]], set()
    for number, row in enumerate(load_form("2014").table("statistics").rows, start=1):
        for depth, label in enumerate(row.path[:-1], start=1):
            if row.path[:depth] not in seen:
                seen.add(row.path[:depth])
                heads = {r.path for r in load_form("2014").table("statistics").rows}
                if row.path[:depth] not in heads:
                    rows.append([label, "—", "—"])
        seen.add(row.path)
        rows.append([row.zh, row.unit or "", str(number)])
    return table([row if with_units else [row[0], row[2]] for row in rows])


@pytest.mark.parametrize("with_units", [True, False])
def test_the_statistics_table_of_2014(with_units: bool) -> None:
    report = read(
        statistics(with_units=with_units), title="某市商务局2016年政府信息公开工作年度报告"
    )
    values = [int(cell.value or 0) for cell in report.cells]
    assert report.form == "2014"
    assert values == list(range(1, len(load_form("2014").cells) + 1))
    assert report.findings == ()


def test_the_same_label_under_two_heads_is_told_apart() -> None:
    found = cells(read(statistics(), title="某市商务局2016年政府信息公开工作年度报告"))
    reviews, litigation = (
        found[f"statistics.{name}.corrected"] for name in ("reviews", "litigation")
    )
    assert reviews.value != litigation.value


def test_a_label_that_is_not_the_official_one_is_recorded_with_the_cell() -> None:
    labels = [label.removesuffix("秘密") for label in ROWS]
    labels[labels.index("（七）总计")] = "（七）合计"
    found = cells(read(applications(labels)))
    cut, alias = (
        found["applications.refused.state_secret.total"],
        found["applications.closed_total.total"],
    )
    assert (cut.matched, cut.label) == ("position", "1.属于国家")
    assert (alias.matched, alias.label) == ("alias", "（七）合计")
    assert found["applications.received.total"].matched is None


def test_several_reports_on_one_page_are_several_reports() -> None:
    names = ("甲局", "乙局")
    parts = [
        f"<p>{name}</p><p>2021年政府信息公开工作年度报告</p>{applications()}" for name in names
    ]
    contents = "".join(f"<p>{name}2021年政府信息公开工作年度报告</p>" for name in names)
    reports = recognise(read_document(f"<body>{contents}{''.join(parts)}".encode()))
    assert [report.organisation for report in reports] == ["甲局", "乙局"]
    assert all(cells(report)["applications.received.total"].value == 6 for report in reports)
    places = {cells(report)["applications.received.total"].location for report in reports}
    assert len(places) == 2


def test_a_title_on_every_page_is_one_report() -> None:
    title = "<p>甲局2021年政府信息公开工作年度报告</p>"
    reviews = table(
        [["", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], ["行政复议", *"12345"]]
    )
    [report] = recognise(read_document(f"<body>{title}{applications()}{title}{reviews}".encode()))
    assert cells(report)["reviews.review.total"].value == 5


def test_a_period_of_another_year_is_noticed() -> None:
    report = read("<p>统计期限自2020年1月1日起至2020年12月31日止。</p>", applications())
    assert report.report_year == 2021
    assert "period_not_of_the_report_year" in codes(report)


COLUMNS = tuple(APPLICANTS)
WRONG_HEADERS = {
    "the total first, under another name": ("总数", *COLUMNS[:6]),
    "the total first, with its unit": ("总计（件）", *COLUMNS[:6]),
    "one column missing, another added": (*COLUMNS[:3], *COLUMNS[4:], "备注"),
    "a subtotal in place of a column": (*COLUMNS[:5], "小计", "总计"),
    "two columns swapped, one renamed": ("自然人", "科研院所", "商业企业", *COLUMNS[3:]),
    "no header at all": (),
}


@pytest.mark.parametrize("header", WRONG_HEADERS.values(), ids=WRONG_HEADERS.keys())
def test_columns_that_the_header_does_not_name_are_not_read(header: tuple[str, ...]) -> None:
    rows = [[label, *"1234567"] for label in ROWS]
    head = [["", *header]] if header else []
    report = read(table([*head, *rows]))
    assert {cell.value for cell in report.cells} == {None}
    assert "row_unread" in codes(report)


def test_a_renamed_heading_in_its_place_is_read() -> None:
    header = (
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计（件）",
    )
    assert cells(read(applications(header=header)))["applications.received.total"].value == 6


def test_documents_are_counted_only_under_their_own_headings() -> None:
    swapped = table([["信息内容", "现行有效数", "制发数", "废止数"], ["规章", "1", "2", "3"]])
    report = read(swapped, applications())
    assert cells(report)["proactive.regulations.issued"].value is None


@pytest.mark.parametrize(
    "rows",
    [
        [["指标", "2016年", "2015年"], ["（一）收到申请数", "5", "9"]],
        [["统计指标", "统计数", "备注"], ["（一）收到申请数", "5", "9"]],
        [["统计指标", "单位", "统计数", "上年"], ["（一）收到申请数", "件", "5", "9"]],
    ],
)
def test_a_list_is_read_under_its_own_heading_only(rows: list[list[str]]) -> None:
    other = ["（二）申请办结数", *["1"] * (len(rows[0]) - 1)]
    report = read(table([*rows, other]), title="某市商务局2016年政府信息公开工作年度报告")
    assert cells(report)["statistics.received"].value in (5, None)


def reviews(blocks: Sequence[str], outcomes: Sequence[str]) -> str:
    first = "".join(f"<td colspan=5>{block}</td>" for block in blocks)
    second = "".join(f"<td>{outcome}</td>" for _ in blocks for outcome in outcomes)
    numbers = "".join(f"<td>{number}</td>" for number in range(1, 16))
    return f"<table><tr>{first}</tr><tr>{second}</tr><tr>{numbers}</tr></table>"


BLOCKS = ("行政复议", "未经复议直接起诉", "复议后起诉")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def test_blocks_of_reviews_are_told_by_their_labels() -> None:
    found = cells(read(reviews((BLOCKS[0], BLOCKS[2], BLOCKS[1]), OUTCOMES)))
    assert found["reviews.review.upheld"].value == 1
    assert found["reviews.litigation_after_review.upheld"].value == 6
    assert found["reviews.litigation_direct.total"].value == 15


def test_outcomes_under_other_headings_are_not_read() -> None:
    report = read(reviews(BLOCKS, ("结果纠正", "维持", *OUTCOMES[2:])))
    assert {cell.value for cell in report.cells} == {None}
    assert "row_unread" in codes(report)


def test_an_empty_cell_too_many_shifts_no_number() -> None:
    rows = [[label, "", *"23456", "7", ""] for label in ROWS]
    found = cells(read(table([["", *APPLICANTS], *rows])))
    assert {
        found["applications.received.other"].value,
        found["applications.received.total"].value,
    } <= {
        None,
        6,
        7,
    }
    assert found["applications.received.natural_person"].value is None


def test_an_empty_line_too_many_in_a_text_shifts_no_number(seeds: Path) -> None:
    [path] = seeds.glob("000_*.txt")
    lines = path.read_text("utf-8").splitlines()
    row = lines.index("\t（一）予以公开")
    lines.insert(row + 8, "\t")
    [report] = recognise(read_document("\n".join(lines).encode()))
    assert cells(report)["applications.granted.total"].value is None
    assert "row_unread" in codes(report)


def test_a_number_merged_over_two_rows_belongs_to_neither() -> None:
    numbers = "".join(f"<td>{n}</td>" for n in range(2, 8))
    header = "".join(f"<td>{a}</td>" for a in APPLICANTS)
    html = (
        f"<table><tr><td></td>{header}</tr><tr><td>{ROWS[0]}</td><td rowspan=2>9</td>{numbers}</tr>"
        f"<tr><td>{ROWS[1]}</td>{numbers}</tr></table>"
    )
    found = cells(read(html))
    assert found["applications.received.natural_person"].value is None
    assert found["applications.carried_in.natural_person"].value is None


@pytest.mark.parametrize("raw", ["-3", "减5", "3.5", "5万元"])
def test_a_number_that_is_no_count_is_kept_and_noticed(raw: str) -> None:
    rows = [["", *APPLICANTS], [ROWS[0], raw, "0", "0", "0", "0", "0", "0"], *_zero_rows()]
    report = read(table(rows))
    assert cells(report)["applications.received.natural_person"].raw == raw
    assert "value_not_of_its_kind" in codes(report)


def test_the_tables_of_a_second_report_are_not_the_firsts() -> None:
    text = "<p>一、总体情况</p><p>五、存在的主要问题及改进情况</p>" + "<p>正文。</p>" * 50
    first = f"<h1>甲局2021年政府信息公开工作年度报告</h1>{text}"
    second = f"<h1>乙局2021年政府信息公开工作年度报告</h1>{applications()}"
    reports = recognise(read_document(f"<body>{first}{second}".encode()))
    assert [(r.organisation, r.form) for r in reports] == [("甲局", "none"), ("乙局", "2021")]


def test_links_to_other_reports_above_the_title_name_nobody() -> None:
    links = "".join(f"<li>{name}2020年政府信息公开工作年度报告</li>" for name in ("丙局", "丁局"))
    page_ = f"<body><ul>{links}</ul><p>乙局2021年政府信息公开工作年度报告</p>{applications()}"
    [report] = recognise(read_document(page_.encode()))
    assert report.organisation == "乙局"
    assert "several_titles" not in codes(report)


def test_a_header_that_stands_in_two_tables_of_other_widths_is_no_fault() -> None:
    first = table([["", "自然人", "法人或其他组织", "总计"], [ROWS[0], "1", "2", "3"]])
    second = table([["", "", *APPLICANTS[1:6], "", ""], [ROWS[1], *"12345678"]])
    report = read(first, second)
    assert cells(report)["applications.carried_in.business"].value is None

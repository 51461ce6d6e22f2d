"""A row that does not fit its header, or whose label is doubtful, is never read one square off."""

from collections.abc import Sequence

import pytest

from nianbao.documents import read_document
from nianbao.forms import load_form
from nianbao.model import Cell, Report
from nianbao.reports import recognise
from nianbao.reports.match import match_rows, names

_HEADS = "<td>{}<td>自然人<td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他<td>总计"
_TITLE = "某市商务局{}年政府信息公开工作年度报告"


def read(table: str, year: int = 2021) -> Report:
    page = f"<h1>{_TITLE.format(year)}</h1><p>一、总体情况</p><table>{table}</table>"
    [report] = recognise(read_document(f"<meta charset=utf-8>{page}".encode()))
    return report


def applications(*rows: str, year: int = 2021, labels: str = "") -> Report:
    head = _HEADS.format(labels)
    return read("".join(f"<tr>{row}" for row in (head, *rows)), year)


def values(numbers: Sequence[object]) -> str:
    return "".join(f"<td>{number}" for number in numbers)


def cell(report: Report, code: str) -> Cell:
    return {one.code: one for one in report.cells}[code]


RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
FIRST = "applications.received.natural_person"
SEVEN = values([1, 2, 3, 4, 5, 6, 7])


def test_a_drawn_cell_beyond_the_last_column_refuses_the_row() -> None:
    shifted = f"<td>{RECEIVED}" + values([1, 1, 2, 3, 4, 5, 6, ""])
    report = applications(shifted, f"<td>{CARRIED}{SEVEN}")
    assert cell(report, FIRST).kind == "text"
    assert cell(report, "applications.carried_in.natural_person").value == 1


def test_an_empty_column_of_the_whole_table_refuses_nothing() -> None:
    head = _HEADS.format("") + "<td>"
    rows = (head, f"<td>{RECEIVED}{SEVEN}<td>", f"<td>{CARRIED}{SEVEN}<td>")
    assert cell(read("".join(f"<tr>{row}" for row in rows)), FIRST).value == 1


def test_a_label_below_a_number_s_heading_refuses_the_row() -> None:
    pushed = f"<td colspan=2>三、本年度办理结果<td>（一）予以公开{values([1, 2, 3, 4, 5, '', ''])}"
    report = applications(f"<td colspan=2>{RECEIVED}{SEVEN}", pushed, labels="<td>")
    assert cell(report, "applications.granted.natural_person").kind == "text"


def test_a_number_in_the_label_columns_refuses_the_row() -> None:
    pulled = f"<td>（一）予以公开{values([1, 2, 3, 4, 5, 6, 7, ''])}"
    report = applications(f"<td colspan=2>{RECEIVED}{SEVEN}", pulled, labels="<td>")
    assert cell(report, "applications.granted.natural_person").kind == "text"


@pytest.mark.parametrize(
    ("total", "kind"), [("", "text"), (6, "number")], ids=["a blank at either end", "a total"]
)
def test_a_row_that_may_stand_one_column_too_far_left_is_refused(total: object, kind: str) -> None:
    pulled = f"<td>（一）予以公开<td>{values(['', 2, 3, 4, 5, 6, total])}"
    report = applications(f"<td colspan=2>{RECEIVED}{SEVEN}", pulled, labels="<td>")
    assert cell(report, "applications.granted.business").kind == kind


def test_a_group_s_label_over_several_rows_is_the_label_of_none() -> None:
    group = f"<td rowspan=2>（六）其他处理<td>{SEVEN}"
    own = f"<td>3.其他{SEVEN}"
    report = applications(f"<td colspan=2>{RECEIVED}{SEVEN}", group, own, labels="<td>")
    assert "applications.other.natural_person" not in {one.code for one in report.cells}
    assert "unknown_label" in {finding.code for finding in report.findings}


def test_a_group_beside_its_own_rows_is_one_of_them_without_its_label() -> None:
    rows = (f"<td>（六）其他处理<td>{SEVEN}", f"<td>（六）其他处理<td>3.其他{SEVEN}")
    report = applications(f"<td colspan=2>{RECEIVED}{SEVEN}", *rows, labels="<td>")
    assert "applications.other.natural_person" not in {one.code for one in report.cells}
    assert cell(report, "applications.other.rest.total").value == 7


def test_a_part_of_a_row_is_not_the_row() -> None:
    table = load_form("2019").table("applications")
    assert match_rows(["3.其他"], table) == []
    [bare] = match_rows(["其他"], table)
    assert names("（六）其他处理", bare.row, table)  # which is how its group gives it away


def test_a_label_that_reads_like_a_heading_is_a_label() -> None:
    group = f"<td rowspan=3>（六）其他处理<td>1.逾期不补正{SEVEN}"
    rows = (group, f"<td>2.重复{SEVEN}", f"<td>其他{SEVEN}", f"<td colspan=2>{CARRIED}{SEVEN}")
    report = applications(*rows, labels="<td>")
    assert cell(report, "applications.other.rest.total").value == 7
    assert cell(report, "applications.carried_in.total").value == 7


def test_a_label_with_a_number_in_it_is_no_label() -> None:
    report = applications(f"<td>{RECEIVED[:-1]}75{SEVEN}", f"<td>{CARRIED}{SEVEN}")
    assert cell(report, FIRST).kind == "missing"


def test_a_number_alone_below_a_row_may_be_the_one_it_lacks() -> None:
    lacking = f"<td>{RECEIVED}{values([1, 2, 3, 4, 5, 6, ''])}"
    report = applications(lacking, "<td>7", f"<td>{CARRIED}{SEVEN}")
    assert cell(report, "applications.received.total").kind == "text"


STATISTICS = "<tr><td>统计指标<td>单位<td>统计数<tr><td>（一）主动公开政府信息数<td>条<td>5{}"


@pytest.mark.parametrize(
    "row",
    ["<td>件<td><td>4339", "<td>件<td>4<td>0", "<td>–<td>"],
    ids=["one square right", "in two cells", "without its unit"],
)
def test_a_number_out_of_its_square_in_a_list_is_not_read(row: str) -> None:
    report = read(STATISTICS.format(f"<tr><td>制发规范性文件总数{row}"), 2016)
    assert cell(report, "statistics.normative_made").kind == "text"


@pytest.mark.parametrize("heads", ["<td colspan=2>统计数", "<td>统计数<td>统计数"])
def test_two_numbers_under_a_list_s_heading_are_not_read(heads: str) -> None:
    table = f"<tr><td>统计指标<td>单位{heads}<tr><td>制发规范性文件总数<td>件<td>4<td>5"
    report = read(table + "<tr><td>（一）主动公开政府信息数<td>条<td>5<td>6", 2016)
    assert cell(report, "statistics.normative_made").kind == "text"


def test_a_row_of_a_list_that_is_not_there_is_noticed() -> None:
    messages = {finding.message for finding in read(STATISTICS.format(""), 2016).findings}
    assert any("statistics.normative_made" in message for message in messages)


_OUTCOMES = "<td>结果维持<td>结果纠正<td>其他结果<td>尚未审结<td>总计"
_REVIEWS = (
    "<tr><td colspan=5>行政复议<td colspan=10>行政诉讼"
    "<tr><td colspan=5><td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉"
    f"<tr>{_OUTCOMES * 3}"
)
UPHELD = "reviews.review.upheld"


def test_a_row_that_only_sets_the_widths_is_no_row_of_numbers() -> None:
    report = read(f"{_REVIEWS}<tr>{values(range(15))}<tr>{'<td>' * 15}")
    assert cell(report, UPHELD).value == 0


def test_an_empty_row_does_not_stand_for_one_that_is_too_short() -> None:
    report = read(f"{_REVIEWS}<tr>{values(range(14))}<tr>{'<td>' * 15}<tr><td>规章<td>1")
    assert UPHELD not in {one.code for one in report.cells if one.kind == "blank"}


_ROWSPANS = (
    "<tr><td colspan=5>行政复议<td colspan=10>行政诉讼"
    f"<tr>{_OUTCOMES.replace('<td>', '<td rowspan=2>')}<td colspan=5>未经复议直接起诉<td colspan=5>复议后起诉"
    f"<tr>{_OUTCOMES * 2}"
)


def test_a_row_of_widths_may_be_one_cell_wider_than_the_headings() -> None:
    report = read(f"{_ROWSPANS}<tr>{values(range(15))}<tr>{'<td>' * 16}")
    assert [
        cell(report, UPHELD).value,
        cell(report, "reviews.litigation_after_review.total").value,
    ] == [0, 14]


def test_a_row_one_number_wider_than_the_headings_stays_unread() -> None:
    report = read(f"{_ROWSPANS}<tr>{values(range(16))}<tr>{'<td>' * 16}")
    assert cell(report, UPHELD).kind == "text"


def test_a_dash_alone_below_a_row_may_be_the_one_that_the_row_lacks() -> None:
    report = applications(
        f"<td>{RECEIVED}{values([1, 2, 3, 4, 5, 6, ''])}", "<td>/", f"<td>{CARRIED}{SEVEN}"
    )
    assert cell(report, "applications.received.total").kind == "text"


def test_headings_repeated_in_every_square_that_they_covered_are_one() -> None:
    """As programs write merged cells that know none: the caption above shows that it is so."""
    caption = "<td>第二十条第（六）项" * 3
    heads = "<td>信息内容" + "<td>本年处理决定数量" * 2
    rows = (caption, heads, "<td>行政处罚<td>4<td>4", "<td>行政强制<td>4<td>5")
    report = read("".join(f"<tr>{row}" for row in rows))
    assert cell(report, "proactive.penalties.decisions").value == 4
    assert cell(report, "proactive.coercion.decisions").kind == "text"


def test_rows_that_word_counted_anew_are_known_in_a_table_of_their_own() -> None:
    rest = ["1.危及“三安全一稳定”", "2.保护第三方合法权益", "3.属于三类内部事务信息"]
    lower = "".join(f"<tr><td>{label}{SEVEN}" for label in rest)
    report = applications(f"<td>{RECEIVED}{SEVEN}", f"<td>{CARRIED}{SEVEN}</table><table>{lower}")
    assert cell(report, "applications.refused.third_party.total").value == 7


def test_a_row_whose_label_another_row_has_too_is_doubted() -> None:
    report = applications(
        f"<td>6.属于四类过程性信息 属于四类过程性信息{SEVEN}", f"<td>6.属于四类过程性信息{SEVEN}"
    )
    place = cell(report, "applications.refused.process_information.total").location.partition(".c")[
        0
    ]
    assert ("duplicate_row", place) in {(f.code, f.location) for f in report.findings}

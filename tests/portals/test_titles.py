import pytest

from nianbao.portals.families.titles import is_report, report_year


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某市商务局2020年政府信息公开工作年度报告", 2020),
        ("2023年某区人民政府政府信息公开年报", 2023),
        ("某局政府信息公开工作2021年度报告", 2021),
        ("附件1：\n某局2019年度政府信息公开工作报告", 2019),
        ("某县2017年信息公开年报", 2017),
        ("某局二〇二〇年政府信息公开工作年度报告", 2020),
        ("某局2022年度工作年报", 2022),
        ("某局２０２０年政府信息公开年度报告", 2020),
        ("2021年公布的2020年政府信息公开年度报告（2021年1月）", 2020),
        ("某局政府信息公开工作年度报告（2018年）", 2018),
        ("某局政府信息公开工作年度报告(2018)", 2018),
        ("某局政府信息公开年度报告", None),
        ("某市环境局2024年政府信息公开工作年度报告", 2024),
    ],
)
def test_reports_and_their_years(title: str, year: int | None):
    assert is_report(title)
    assert report_year(title) == year


@pytest.mark.parametrize(
    "title",
    [
        "2023年各部门政府信息公开年报汇总",
        "关于做好2020年政府信息公开工作年度报告编制的通知",
        "一图读懂（图解）2020年政府信息公开年度报告",
        "2020年法治政府建设年度报告",
        "2020年政府工作报告",
        "政府信息公开指南",
        "年报",
        "首页",
        "",
    ],
)
def test_other_pages(title: str):
    assert not is_report(title)

"""Sections are found by their titles; ordinals may be wrong, lost or Arabic."""

from nianbao.forms import load_form
from nianbao.model import Document, Paragraph, Section
from nianbao.reports.sections import read_sections, section_findings

FORM = load_form("2021")
TITLES = [section.zh for section in FORM.sections]


def sections(*lines: str) -> tuple[Section, ...]:
    blocks = tuple(Paragraph(line, f"p{i}") for i, line in enumerate(lines, start=1))
    return read_sections(Document(blocks, "test"), FORM)


def test_text_belongs_to_the_heading_above_it() -> None:
    found = sections("前言", f"一、{TITLES[0]}", "第一段", "第二段", f"二、{TITLES[1]}")
    assert [(s.code, s.text) for s in found] == [("overview", "第一段\n第二段"), ("proactive", "")]


def test_a_lost_or_arabic_ordinal_is_noticed_and_no_more() -> None:
    found = sections(f"一、{TITLES[0]}", TITLES[4], f"6、{TITLES[5]}")
    assert [s.code for s in found] == ["overview", "problems", "other"]
    noticed = [f for f in section_findings(found, FORM) if f.code == "ordinal_variant"]
    assert [f.severity for f in noticed] == ["info", "info"]


def test_an_alias_of_a_title_is_the_section() -> None:
    assert [s.code for s in sections("五、存在的问题及改进措施")] == ["problems"]


def test_a_sub_head_that_reads_like_a_section_is_none() -> None:
    found = sections(f"一、{TITLES[0]}", f"（一）{TITLES[1]}", "正文")
    assert [s.code for s in found] == ["overview"]


def test_another_title_in_a_sections_place_is_kept_under_its_number() -> None:
    found = sections(
        *(f"{n}、{t}" for n, t in zip("一二三四五", TITLES, strict=False)), "六、工作计划"
    )
    assert (found[-1].number, found[-1].code) == (6, None)
    assert [f.code for f in section_findings(found, FORM)] == ["section_missing"]


def test_a_list_inside_a_section_is_no_chapter() -> None:
    lines = [f"{n}、{t}" for n, t in zip("一二三四五六", TITLES, strict=True)]
    lines.insert(1, "二、加强领导")
    assert [s.code for s in sections(*lines)] == [s.code for s in FORM.sections]


def test_a_heading_with_another_ordinal_is_listed_once() -> None:
    found = sections(f"一、{TITLES[1]}", "第一段", f"二、{TITLES[2]}")
    assert [section.code for section in found] == ["proactive", "applications"]

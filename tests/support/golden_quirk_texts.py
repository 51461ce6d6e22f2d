"""Golden documents for what is odd about titles, headings, sentences and pages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from nianbao.forms import load_form
from nianbao.sample.content import Heading, Part, Text, Title
from nianbao.sample.report import SampleReport, Style
from support.golden_case import Case, Printed, fact
from support.golden_quirk_tables import page
from support.golden_render import DAY, bare_page, body, cms_page, text
from support.golden_reports import bare_report, only, report, sample


def text_cases() -> Iterator[Case]:
    """Yield the documents."""
    yield from _around()
    yield from _several()
    yield from _pictures()
    yield from _titles()
    yield from _headings()
    yield from _sentences()
    yield from _scopes()
    yield from _characters()
    yield from _served()


def small(one: SampleReport, **changes: Any) -> Printed:
    """Return a report without its largest table."""
    return replace(only(report(one), "proactive", "reviews"), **changes)


def rewritten(one: Printed, headings: Mapping[str, str | None]) -> Printed:
    """Return a report with some of its headings, by their codes, printed as another text or not."""
    codes = iter(one.sections)
    parts: list[Part] = []
    for part in one.parts:
        code = next(codes) if isinstance(part, Heading) else None
        if code is None or code not in headings:
            parts.append(part)
        elif (words := headings[code]) is not None:
            parts.append(Heading(words))
    return replace(one, parts=tuple(parts))


def noticing(one: Printed, *findings: str) -> Printed:
    """Return a report of which these findings are to be expected as well."""
    return replace(one, findings=(*one.findings, *findings))


def saying(one: Printed, sentence: str, section: str = "overview", at: int = 0) -> Printed:
    """Return a report with one more paragraph in a section."""
    place = [n for n, part in enumerate(one.parts) if isinstance(part, Heading)]
    index = place[one.sections.index(section)] + 1 + at
    return replace(one, parts=(*one.parts[:index], Text(sentence), *one.parts[index:]))


def retitled(one: Printed, *lines: str) -> Printed:
    """Return a report under another title."""
    return replace(one, parts=(Title(lines), *one.parts[1:]))


def _around() -> Iterator[Case]:
    one = small(sample("云汀市残联", 2021), published_on=DAY)
    inner = body(one.parts)
    layout = (
        f'<table width="960"><tr><td width="200"><table><tr><td>首页</td></tr><tr><td>机构职能</td>'
        f'</tr></table></td><td><table><tr><td id="article">{inner}</td></tr></table></td></tr></table>'
    )
    about = "everything in nested layout tables, a table of metadata before the report"
    data = cms_page(one, layout).replace('<div id="zoom">', "<div>").encode()
    yield Case("q13-nested.html", "html", data, about, [one], (13,))


def _several() -> Iterator[Case]:
    first = small(sample("石翎区农业农村局", 2021))
    second = small(sample("石翎区水务局", 2021, "large"))
    yield page("two-agencies", "two agencies' reports on one page", 14, first, second)
    names = ("财政局", "教育局", "水务局", "民政局", "公安局")
    rows = "".join(
        f'<tr><td>{n}</td><td><a href="/{n}.html">石翎区{name}2021年政府信息公开工作年度报告</a></td></tr>'
        for n, name in enumerate(names)
    )
    data = bare_page(f"<h1>各部门年度报告</h1><table>{rows}</table>", "年度报告").encode()
    about = "a list of links that reads like titles"
    yield Case("q14-index.html", "html", data, about, quirks=(14,), errors=("not_a_report",))


def _pictures() -> Iterator[Case]:
    bare = bare_report("石翎区气象局", 2021)
    place = [n for n, part in enumerate(bare.parts) if isinstance(part, Heading)][2]
    inner = [
        body(bare.parts[: place + 1]),
        '<p><img src="table.png"></p>',
        body(bare.parts[place + 1 :]),
    ]
    data = bare_page("\n".join(inner)).encode()
    about = "the tables of a report as pictures beside its text"
    yield Case("q15-picture.html", "html", data, about, [bare], (15,))
    title = "石翎区气象局2022年政府信息公开工作年度报告"
    link = f'<h1>{title}</h1><p>附件：<a href="/files/1.pdf">{title}.pdf</a></p>'
    data = bare_page(link, title).encode()
    about = "a page whose body is a link to an attachment"
    yield Case(
        "q15-attachment.html", "html", data, about, quirks=(15,), errors=("attachments_only",)
    )


def _titles() -> Iterator[Case]:
    one = small(sample("云汀市民宗局", 2020))
    lines = ("附件1：", "云汀市民宗局", "2020年政府信息公开工作年度报告")
    yield page("annex", "附件1 and two lines", 16, retitled(one, *lines))
    lines = ("云汀市民宗局政府信息公开工作2020年度报告",)
    yield page("year-last", "the year at the end", 16, retitled(one, *lines))
    lines = ("云汀市民宗局政府信息公开年报（2020年度）",)
    yield page("year-after", "年度 behind 年报", 16, retitled(one, *lines))
    nobody = retitled(one, "2020年政府信息公开工作年度报告")
    parts = tuple(p for p in nobody.parts if not (isinstance(p, Text) and "云汀市民宗局" in p.text))
    nobody = replace(noticing(nobody, "organisation_missing"), parts=parts, organisation="")
    data = text(nobody.parts).encode()
    about = "a title that names nobody"
    yield Case("q16-nobody.txt", "text", data, about, [nobody], (16,))


def _headings() -> Iterator[Case]:
    arabic = small(sample("青岫县商务局", 2020, style=Style(arabic_ordinals=True)))
    arabic = noticing(arabic, *["ordinal_variant"] * 2)
    yield page("arabic", "3、 and 4、 for 三、 and 四、", 17, arabic)
    one = small(sample("青岫县商务局", 2021))
    titles = {s.code: s.zh for s in load_form("2021").sections}
    wrong = {
        "applications": f"二、{titles['applications']}",
        "problems": f"四、{titles['problems']}",
    }
    about = "ordinals repeated"
    yield page("repeated", about, 17, noticing(rewritten(one, wrong), *["ordinal_variant"] * 2))
    five = {c: f"{n}、{titles[c]}" for n, c in zip("一二三四五", list(titles)[1:], strict=True)}
    none = rewritten(one, {"overview": None, **five})
    none = replace(noticing(none, "section_missing"), sections=none.sections[1:])
    yield page("five", "statutory parts numbered 一 to 五, the first without heading", 17, none)
    lost = {code: titles[code] for code in ("overview", "problems", "other")}
    about = "ordinals 一, 五 and 六 lost"
    yield page("lost", about, 18, noticing(rewritten(one, lost), *["ordinal_variant"] * 3))
    about = "titles of sections in other words"
    wording = {"problems": "五、存在的主要问题和改进情况", "other": "六、下一步工作计划"}
    other = rewritten(one, wording)
    sections = (*one.sections[:-1], None)
    other = replace(noticing(other, "section_missing"), sections=sections)
    yield page("wording", about, 18, other)


def _sentences() -> Iterator[Case]:
    one = small(sample("云汀市林草局", 2021))
    last = saying(one, "2020年报告所列的问题已经整改，检索入口已移到首屏。", "problems")
    last = replace(last, facts=(*one.facts, fact("year_mentioned", 2020)))
    yield page("last-year", "section five begins with the problems of the year before", 19, last)
    digits = saying(one, "全年累计发布信息75条，其中，工作动态40条，人事信息35条。")
    parts = (("工作动态", 40), ("人事信息", 35))
    stated = [fact("disclosed.total", 75, "条")]
    stated += [fact("disclosed.part", n, "条", label=label) for label, n in parts]
    digits = replace(digits, facts=(*one.facts, *stated))
    yield page("digits", "a total with its parts", 20, digits)
    words = saying(one, "全年累计发布信息七十五条。")
    words = replace(words, facts=(*one.facts, fact("disclosed.total", 75, "条")))
    yield page("numerals", "a number in Chinese numerals", 20, words)
    large = saying(one, "各类平台累计发布信息1.2万条。")
    large = replace(large, facts=(*one.facts, fact("disclosed.total", 12000, "条")))
    yield page("ten-thousands", "a number in 万", 20, large)
    yield from _received()


def _received() -> Iterator[Case]:
    base = bare_report("云汀市地震局", 2021)
    for name, verb in (("accepted", "受理"), ("new", "新收"), ("handled", "收办")):
        sentence = f"本年度{verb}政府信息公开申请6件，全部按期答复。"
        parts = tuple(
            Text(sentence) if isinstance(p, Text) and "收到政府信息公开申请6件" in p.text else p
            for p in base.parts
        )
        yield page(
            name, f"applications received in other words: {verb}", 21, replace(base, parts=parts)
        )
    sentence = "2019年，本机关收到政府信息公开申请31件。"
    parts = tuple(
        Text(sentence) if isinstance(p, Text) and "收到政府信息公开申请6件" in p.text else p
        for p in base.parts
    )
    copied = replace(
        base,
        parts=parts,
        facts=(*base.facts[1:], fact("year_mentioned", 2019)),
        not_stated=("applications.received",),
    )
    yield page("other-year", "a sentence of another year left in", 22, copied)
    spaced = tuple(
        Text("本年度收到政府信息公开申请3 607件。")
        if isinstance(p, Text) and "收到政府信息公开申请6件" in p.text
        else p
        for p in base.parts
    )
    facts = (fact("applications.received", 3607, "件"), *base.facts[1:])
    about = "a number with a space inside"
    yield page("spaced", about, 20, replace(base, parts=spaced, facts=facts))


def _scopes() -> Iterator[Case]:
    for name, organisation, scope in (
        ("area", "青岫县人民政府", "area"),
        ("office", "青岫县人民政府办公室", "agency"),
        ("own-level", "青岫县人民政府本级", "own_level"),
    ):
        one = small(sample(organisation, 2021, "large", scope=scope))
        yield page(name, f"a report of the scope {scope}", 23, one)


def _characters() -> Iterator[Case]:
    labels = {
        "自然人": "自\u200b然人",
        "商业企业": "商\u00a0业企业",
        "科研机构": "科研\u00ad机构",
        "总计": "总\u3000计",
    }
    cells = {"proactive.regulations.issued": "１２"}
    one = small(
        sample("石翎区科技局", 2021, labels=labels, cells=cells, style=Style(padding="\u3000"))
    )
    about = "full-width digits, zero-width characters, soft hyphens and wide spaces"
    yield page("characters", about, 25, one)
    data = text(one.parts).encode("utf-8-sig")
    yield Case("q25-characters.txt", "text", data, about, [one], (25, 27))


def _served() -> Iterator[Case]:
    first = sample("石翎区林业局", 2022)
    wrong = {"proactive.licensing.decisions": "987"}
    after = small(first)
    before = small(replace(first, cells={**first.cells, **wrong}))
    yield page("first", "a report before its correction, under the same address", 30, before)
    yield page("corrected", "the same report corrected", 30, after)
    for name, inner in (
        ("error", "<h1>404</h1><p>您访问的页面不存在，五秒后返回上一页。</p>"),
        ("login", "<form><p>统一身份认证</p><input name=u><input type=password name=p></form>"),
        ("challenge", "<noscript>请开启脚本后继续访问</noscript><div>正在检查浏览器，请稍候</div>"),
    ):
        data = bare_page(inner, "提示").encode()
        about = f"a page of kind {name}, served with status 200"
        file = f"q30-{name}.html"
        yield Case(file, "html", data, about, quirks=(30,), errors=("not_a_report",))

"""Signatures: texts that say the same are near, others are far, and the numbers never change."""

import os
import random
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from nianbao.model import Report, Section
from nianbao.reports.parsed import Reading, to_table
from nianbao.reports.signatures import PLACES, SHINGLE, SHORTEST, Signature, sign, similarity

TEXT = (
    "{year}年，{name}认真贯彻落实政府信息公开条例，主动公开各类信息{count}条，其中工作动态{part}条，"
    "收到依申请公开{few}件，均在规定时间内答复。我{body}把公开工作列入重要议事日程，由分管领导专门负责，"
    "定期检查栏目更新，举办业务培训{few}期，参加{numeral}余人次。存在的问题：一是公开内容还不够全面，"
    "二是解读形式比较单一。下一步{name}将拓宽公开渠道，丰富解读方式，接受社会监督。"
)
OTHERS = (
    "本中心负责殡葬、婚姻登记和社会救助，群众来访多，窗口常年排队。今年把低保名单贴到村里，请老人帮着核对，"
    "发现重复领取的当场纠正；救助站夜间开放，志愿者轮流值守，来信来电都有回音，资金去向逐笔说明。",
    "河道清淤与水库除险占去大半精力。汛期值班记录、闸门调度、雨量数据每小时挂网，渔民和农户据此安排生产；"
    "取水许可从受理到发证全程留痕，审批时限压缩，企业不必再跑第二趟，纠纷因此少了。",
)


def section(text: str) -> Section:
    return Section(1, "overview", "一、总体情况", text, "p1")


def signature(text: str, organisation: str = "") -> Signature | None:
    return sign([section(text)], organisation)[0]


def printed(name: str, body: str, seed: int) -> str:
    chance = random.Random(seed)
    numbers = {key: chance.randint(2, 3000) for key in ("year", "count", "part", "few")}
    return TEXT.format(name=name, body=body, numeral=chance.choice("二三五七"), **numbers)


def test_other_numbers_names_and_years_leave_a_text_what_it_is() -> None:
    one = signature(printed("某省甲乙市商务局", "局", 1), "某省甲乙市商务局")
    other = signature(printed("丁戊县丙镇人民政府", "镇", 2), "丁戊县丙镇人民政府")
    assert (similarity(one, other) or 0) > 0.95


def test_a_short_name_is_masked_like_the_whole() -> None:
    one = signature(printed("甲乙区商务局", "局", 1), "某省甲乙区商务局")
    other = signature(printed("丁戊县丙镇人民政府", "镇", 1), "丁戊县丙镇人民政府")
    assert (similarity(one, other) or 0) > 0.95


def test_layout_and_punctuation_do_not_matter() -> None:
    text = printed("某局", "局", 1)
    spread = text.replace("，", ",\n　").replace("。", " . \u200b")
    assert signature(text) == signature(spread)


def test_texts_of_their_own_are_far_apart() -> None:
    signatures = [signature(text) for text in (printed("某局", "局", 1), *OTHERS)]
    for place, one in enumerate(signatures):
        assert all((similarity(one, other) or 0) < 0.15 for other in signatures[:place])


def test_a_short_section_has_none() -> None:
    assert signature("无其他需要报告的事项。") is None
    assert signature("甲" * (SHORTEST - 1)) is None
    assert similarity(None, signature(OTHERS[0])) is None


def test_each_section_has_its_own_whatever_stands_beside_it() -> None:
    texts = ["无。", *OTHERS, "", printed("某局", "局", 1)]
    together = sign([section(text) for text in texts], "某局")
    assert together == [signature(text, "某局") for text in texts]
    assert [len(found or []) for found in together] == [0, PLACES, PLACES, 0, PLACES]


def shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}


@pytest.mark.parametrize("shared", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_the_estimate_is_as_close_to_jaccard_as_the_theory_says(shared: float) -> None:
    chance = random.Random(20)
    # Without numerals, places and what else the mask takes away.
    letters = [chr(code) for code in range(0x5200, 0x5300)]
    errors = []
    for _ in range(40):
        pool = ["".join(chance.choices(letters, k=40)) for _ in range(40)]
        cut = round(40 * shared)
        one, other = "".join(pool[:20] + pool[:cut]), "".join(pool[:cut] + pool[20:])
        a, b = shingles(one), shingles(other)
        truth = len(a & b) / len(a | b)
        error = (similarity(signature(one), signature(other)) or 0) - truth
        errors.append(error / max((truth * (1 - truth) / PLACES) ** 0.5, 1e-3))
    # In standard errors: the mean of 40 is normal with 0.16, the worst of 40 hardly beyond 4.
    assert abs(sum(errors) / len(errors)) < 0.7
    assert max(map(abs, errors)) < 4.5


KNOWN = [2791733638, 343972566, 358773956, 1295820371]
"""The first places of the signature of `OTHERS[0]`; another library version must not change them."""


def test_the_numbers_are_the_same_on_every_machine_and_in_every_version() -> None:
    assert (signature(OTHERS[0]) or [])[:4] == KNOWN


def test_the_numbers_are_the_same_in_every_process() -> None:
    code = (
        "from nianbao.model import Section; from nianbao.reports.signatures import sign\n"
        f"print(sign([Section(1, None, '', {OTHERS[1]!r}, '')], ''))"
    )
    for seed in ("0", "1"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
        assert done.stdout.strip() == str([signature(OTHERS[1])])


def test_signatures_are_stored_with_each_report(tmp_path) -> None:
    sections = (section(OTHERS[0]), section("无。"))
    report = Report("某局", 2025, "none", "agency", "", None, sections=sections)
    pq.write_table(to_table([Reading("0" * 64, "html", (report,))]), tmp_path / "part.parquet")
    (row,) = pq.read_table(tmp_path / "part.parquet").to_pylist()
    assert [item["signature"] for item in row["sections"]] == [signature(OTHERS[0]), None]


def test_signatures_of_different_lengths_do_not_compare() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        similarity([1, 2], [1])

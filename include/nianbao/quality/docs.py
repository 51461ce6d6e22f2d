"""`docs/rules.md`: every rule with its severity, forms, basis, advice and query, from the rule files."""

from collections.abc import Iterator
from importlib.resources import files

import yaml

from nianbao.quality.rule import Rule, load_rules, load_themes

_SEVERITIES = {"error": "错误 error", "warning": "疑点 warning", "info": "提示 info"}
_BLAME = {
    "publisher": "填报问题 publisher",
    "unclear": "待核 unclear",
    "record": "填报问题 publisher, whatever the reading",
}


def rules_page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    rules = load_rules()
    yield "# The rules"
    yield ""
    yield "Made by `nianbao generate` from the files in `quality/rules/`; edit those, not this page."
    yield ""
    yield from _preface(len(rules))
    for theme, title in load_themes().items():
        own = [rule for rule in rules if rule.theme == theme]
        if own:
            yield from _list(f"{title.zh} {title.en}", own)
    for rule in rules:
        yield from _rule(rule)


def _preface(count: int) -> Iterator[str]:
    yield (
        f"{count} rules. A check is a rule on one subject of one report: it passes, fails, or can't be "
        "assessed. Blanks are not zeros: counts can't be negative, so printed parts above a printed total "
        "fail, parts that reach it pass (marked `blanks_as_zero`), and anything less can't be assessed."
    )
    yield ""
    yield (
        "`error` is a broken identity of the form or a number that can't be; `warning` a doubt that an "
        "office should answer; `info` something to look at. Blame is `publisher` 填报问题 or `unclear` "
        "待核 as the rule says, unless the reading of one of the cells is in doubt: then it "
        "is `reading` 识读存疑."
    )
    yield ""
    yield (
        "How the rules are proved is told in [campaigns.md](campaigns.md#seeded-faults-make-campaign-rules): "
        "seeded faults against an oracle that knows no rule, and clean reports. What they cost is in "
        "[benchmarks.md](benchmarks.md#rules-make-bench-quality)."
    )
    yield ""
    yield from _proof()


def _proof() -> Iterator[str]:
    path = files("nianbao.quality") / "proof.yaml"
    yield "| what | command | result | day |"
    yield "|---|---|---|---|"
    for row in yaml.safe_load(path.read_text("utf-8")):
        yield f"| {row['what']} | `{row['command']}` | {row['result']} | {row['day']} |"


def _list(title: str, rules: list[Rule]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield "| rule | severity | forms | what it says |"
    yield "|---|---|---|---|"
    for rule in rules:
        name = f"[`{rule.id}`](#{rule.id})"
        forms = ", ".join(rule.forms)
        yield f"| {name} | {_SEVERITIES[rule.severity]} | {forms} | {rule.title_zh}<br>{rule.title_en} |"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"\n### {rule.id}\n"
    yield f"**{rule.title_zh}** {rule.title_en}\n"
    yield (
        f"{_SEVERITIES[rule.severity]} · forms {', '.join(rule.forms)} · subject `{rule.subject_kind}` · "
        f"version {rule.version} · blame {_BLAME[rule.blame]}\n"
    )
    yield f"依据：{rule.basis_zh}\n"
    yield f"Basis: {rule.basis_en}\n"
    if rule.message:
        yield f"Reads: {rule.message.zh}<br>{rule.message.en}\n"
    yield f"Advice: {rule.advice_zh} {rule.advice_en}\n"
    yield "<details><summary>SQL</summary>\n"
    yield f"```sql\n{rule.sql.strip()}\n```\n"
    yield "</details>"

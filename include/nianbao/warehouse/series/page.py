"""`docs/series.md`: measures, comparability and rates for analysts, from measures.yaml."""

from collections.abc import Iterator
from importlib.resources import files

from nianbao.forms import load_forms
from nianbao.warehouse.series.measures import Comparison, Measure, Series, load_series


def series_page() -> str:
    """Return the page in Markdown."""
    preface = (files("nianbao.warehouse.series") / "preface.md").read_text("utf-8")
    return preface.rstrip() + "\n\n" + "\n".join(_tables(load_series())) + "\n"


def _tables(series: Series) -> Iterator[str]:
    yield "## Rates\n"
    yield "| rate | numerator | denominator | meaning |"
    yield "|---|---|---|---|"
    for rate in series.rates.values():
        spec = rate.spec
        yield (
            f"| `{rate.code}` | {_terms(rate.over)} | {_terms(rate.under)} "
            f"| {spec.zh}<br>{spec.en}<br>{spec.note_en} |"
        )
    yield "\n## Measures and their cells\n"
    yield "`a` + `b` is a sum. *or*: printed in one way or the other; the first that is whole counts."
    for family, title in series.families.items():
        measures = series.of(family)
        if measures:
            yield f"\n### {title.en} ({title.zh})\n"
            yield f"| measure | unit | {' | '.join(f'form {form}' for form in load_forms())} |"
            yield "|---|---|" + "---|" * len(load_forms())
            yield from (_measure(measure) for measure in measures)
    yield "\n## Comparability\n"
    yield from _comparability(series)


def _measure(measure: Measure) -> str:
    cells = [
        " *or* ".join(_terms(terms) for terms in measure.cells.get(form, ())) or "–"
        for form in load_forms()
    ]
    return f"| `{measure.code}`<br>{measure.zh}<br>{measure.en} | {measure.unit} | {' | '.join(cells)} |"


def _terms(terms: tuple[tuple[int, str], ...]) -> str:
    text = "".join(f" {'−' if sign < 0 else '+'} `{code}`" for sign, code in terms)
    return text.removeprefix(" + ")


def _comparability(series: Series) -> Iterator[str]:
    """Yield one table: a row per measure and a column per pair of forms."""
    table: dict[str, dict[tuple[str, str], Comparison]] = {}
    for each in series.comparisons:
        table.setdefault(each.measure, {})[each.from_form, each.to_form] = each
    pairs = list(next(iter(table.values())))
    yield "| measure | " + " | ".join(f"{a} → {b}" for a, b in pairs) + " |"
    yield "|---|" + "---|" * len(pairs)
    for measure, found in table.items():
        cells = [f"**{found[pair].degree}**{_note(found[pair])}" for pair in pairs]
        yield f"| `{measure}` | {' | '.join(cells)} |"


def _note(each: Comparison) -> str:
    return f"<br>{each.note_en}<br>{each.note_zh}" if each.note_en else ""

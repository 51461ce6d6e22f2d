"""The running text cut at the statutory headings, whatever became of their ordinals."""

from dataclasses import dataclass
from functools import cache, lru_cache

from nianbao.forms import Form, load_form, load_forms
from nianbao.model import Document, Finding, Paragraph, Section
from nianbao.reports.text import label_key, ordinal_of, without_ordinal

_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class _Heading:
    paragraph: Paragraph
    number: int | None
    code: str | None


def read_sections(document: Document, form: Form) -> tuple[Section, ...]:
    """Return the sections in printed order; text before the first heading belongs to none."""
    headings = _headings(document, form)
    at = {heading.paragraph.place: heading for heading in headings}
    texts: dict[str, list[str]] = {place: [] for place in at}
    current: str | None = None
    for paragraph in document.paragraphs:
        if paragraph.place in at:
            current = paragraph.place
        elif current is not None:
            texts[current].append(paragraph.text)
    return tuple(_section(heading, texts[heading.paragraph.place]) for heading in headings)


def has_heading(document: Document) -> bool:
    """Tell whether a line of a document is a statutory heading of any form; else it has no section."""
    forms = load_forms().values()
    return any(
        _statutory(paragraph, form)
        for paragraph in document.paragraphs
        if len(paragraph.text) <= _LONGEST_HEADING
        for form in forms
    )


def _section(heading: _Heading, texts: list[str]) -> Section:
    paragraph = heading.paragraph
    return Section(heading.number, heading.code, paragraph.text, "\n".join(texts), paragraph.place)


def _headings(document: Document, form: Form) -> list[_Heading]:
    """Return statutory headings, and chapters under another title in a missing section's place."""
    paragraphs = [p for p in document.paragraphs if len(p.text) <= _LONGEST_HEADING]
    known = [h for p in paragraphs if (h := _statutory(p, form))]
    present = {heading.code for heading in known}
    absent = {s.number for s in form.sections if s.code not in present}
    places = {heading.paragraph.place for heading in known}
    free = [p for p in paragraphs if p.place not in places]
    others = _replacements(free, absent) if known and absent else []
    if not others:
        return known
    order = {p.place: index for index, p in enumerate(paragraphs)}
    return sorted(known + others, key=lambda heading: order[heading.paragraph.place])


def _statutory(paragraph: Paragraph, form: Form) -> _Heading | None:
    code = _code_of(paragraph.text, form.name)
    return None if code is None else _Heading(paragraph, ordinal_of(paragraph.text), code)


@lru_cache(maxsize=2048)  # the headings, and the menus of the same site
def _code_of(line: str, form: str) -> str | None:
    """Return the section that a line is the statutory heading of."""
    key = label_key(line)
    if key.startswith("（"):
        return None  # a sub-head of section one may well read like a section of its own
    return _codes(form).get(without_ordinal(key).rstrip("。：；"))


@cache
def _codes(form: str) -> dict[str, str]:
    """Return the statutory sections of a form by their comparable titles; the first of a title counts."""
    codes: dict[str, str] = {}
    for section in load_form(form).sections:
        for label in (section.zh, *section.aliases):
            codes.setdefault(label_key(label), section.code)
    return codes


def _replacements(paragraphs: list[Paragraph], absent: set[int]) -> list[_Heading]:
    """Return the last heading-like line of each absent section's number: `六、下一步工作计划`."""
    found: dict[int, _Heading] = {}
    for paragraph in paragraphs:
        number = ordinal_of(paragraph.text)
        ends_sentence = paragraph.text.rstrip().endswith(("。", "；", "，"))
        if number in absent and number is not None and not ends_sentence:
            found[number] = _Heading(paragraph, number, None)
    return list(found.values())


def section_findings(sections: tuple[Section, ...], form: Form) -> list[Finding]:
    """Return what is unusual about the headings; a lost ordinal is often the exporter's doing."""
    if form.spec.free_sections:
        return []
    ordinals = [_ordinal_finding(section, form) for section in sections if section.code]
    present = {section.code for section in sections}
    absent = [
        Finding("section_missing", "warning", f"no heading for section {spec.number} {spec.zh}")
        for spec in form.sections
        if spec.code not in present
    ]
    return [finding for finding in ordinals if finding] + absent


def _ordinal_finding(section: Section, form: Form) -> Finding | None:
    official = next(spec.number for spec in form.sections if spec.code == section.code)
    arabic = section.title.strip()[:1].isascii()
    if section.number == official and not arabic:
        return None
    message = f"heading {section.title!r} without the ordinal of section {official}"
    return Finding("ordinal_variant", "info", message, section.location)

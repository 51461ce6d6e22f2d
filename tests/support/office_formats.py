"""From a sample report and its noise to the bytes of each office format, and the noises themselves.

docx_bytes(report, noise)         docx_report, with DOCX_HARMLESS or DOCX_HARMFUL
word_xml_bytes(report, noise)     Word's XML of 2003, with the same noises
converted(cases, kind)            doc, rtf, odt, docx as LibreOffice writes them; many in one start
xlsx_bytes, xls_bytes             spreadsheet_writer, with SHEET_NOISE
markdown_bytes(report, noise)     with MARKDOWN_NOISE
"""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from nianbao.sample.report import SampleReport
from support import spreadsheet_writer
from support.docx_columns import WIDTHS
from support.docx_report import COUNTINGS, HARMS, Noise, docx_bytes
from support.markdown_writer import Merged, markdown_text
from support.office_parts import reports, with_distinct_numbers
from support.office_writer import word_2003, written

REPORTS = st.builds(with_distinct_numbers, st.sampled_from(reports()), st.integers(0, 10**6))
"""Reports of all forms with a number of its own in nearly every cell."""

_FLAGS = ("automatic_numbers", "split_runs", "tracked_changes", "hidden_text", "content_controls",
          "in_layout_table", "title_in_text_box", "old_merges")  # fmt: skip
DOCX_HARMLESS = st.builds(
    Noise,
    seed=st.integers(0, 10**6),
    counting=st.sampled_from(COUNTINGS),
    widths=st.sampled_from(WIDTHS),
    **{flag: st.booleans() for flag in _FLAGS},
)
DOCX_HARMFUL = st.builds(replace, DOCX_HARMLESS, harm=st.sampled_from(HARMS))
SHEET_NOISE = st.builds(
    spreadsheet_writer.Noise,
    seed=st.integers(0, 10**6),
    **{
        flag: st.booleans()
        for flag in (
            *("blank_rows", "merged_text", "text_numbers", "formats", "own_sheets", "shifted"),
        )
    },
)
MARKDOWN_NOISE = st.tuples(st.sampled_from(("blank", "repeated", "short", "html")), st.booleans())
"""What stands in merged squares, and whether headings are only bold."""


def for_converter(noise: Noise) -> Noise:
    """Return the noise without what LibreOffice itself makes other digits of when it opens a docx.

    It needs the widths of columns, which it lays out anew else. And it takes content controls inside a
    table in a table for plain text, deleted and hidden digits with it: they are then really printed.
    """
    controls = noise.content_controls and not noise.in_layout_table
    widths = "even" if noise.widths == "none" else noise.widths
    return replace(noise, content_controls=controls, widths=widths)


def converted(cases: Sequence[tuple[SampleReport, Noise]], kind: str) -> list[bytes]:
    """Return reports as files that LibreOffice wrote: `doc`, `rtf`, `odt` or `docx`, in one start."""
    files = [docx_bytes(report, for_converter(noise)) for report, noise in cases]
    return written(files, "docx", kind)


def word_xml_bytes(report: SampleReport, noise: Noise) -> bytes:
    """Return a report as Word's XML of 2003; automatic numbers stand as text in this format."""
    return word_2003(docx_bytes(report, replace(noise, automatic_numbers=False)))


def markdown_bytes(report: SampleReport, noise: tuple[Merged, bool]) -> bytes:
    """Return a report as Markdown."""
    return markdown_text(report, noise[0], bold=noise[1]).encode()

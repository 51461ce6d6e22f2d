"""The columns of the parsed data beside the cells, for many reports of one year on one form."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from nianbao.forms import Form
from nianbao.model import sha256_of
from nianbao.sample.cell_columns import lists
from nianbao.sample.wording import load_wording

READER_VERSION = "sample"


@dataclass(frozen=True, slots=True)
class ReportColumns:
    """Reports `first_agency` to `first_agency + count` of one year."""

    year: int
    form: Form
    first_agency: int
    count: int

    def columns(self, schema: pa.Schema) -> dict[str, pa.Array]:
        """Return every column of the schema but `cells`; those without a value here are null."""
        agencies = range(self.first_agency, self.first_agency + self.count)
        pattern, name = load_wording().title, load_wording().agency_name
        names = [name.format(number=f"{agency:07d}") for agency in agencies]
        known = {
            "sha256": [sha256_of(f"{agency}/{self.year}".encode()) for agency in agencies],
            "organisation": names,
            "title": [pattern.format(organisation=name, year=self.year) for name in names],
        }
        same = {
            "reader_version": READER_VERSION,
            "ordinal": 1,
            "reader": "html",
            "report_year": self.year,
            "form": self.form.name,
            "scope": "agency",
            "published_on": f"{self.year + 1}-01-20",
        }
        columns = {}
        for field in schema:
            if field.name in known:
                columns[field.name] = pa.array(known[field.name], field.type)
            elif field.name in same:
                columns[field.name] = _repeated(same[field.name], self.count, field.type)
            elif field.name == "sections":
                columns[field.name] = self._sections(field.type)
            elif pa.types.is_list(field.type) or pa.types.is_large_list(field.type):
                columns[field.name] = _repeated([], self.count, field.type)
            else:
                columns[field.name] = pa.nulls(self.count, field.type)
        return columns

    def _sections(self, kind: pa.DataType) -> pa.Array:
        """Return the statutory sections; those that are not tables have a text that nothing is wrong with."""
        sections, texts = self.form.sections, self._texts()
        places = pa.array(np.tile(np.arange(len(sections), dtype=np.int32), self.count))
        values = {
            "number": [section.number for section in sections],
            "code": [section.code for section in sections],
            "title": [section.zh for section in sections],
            "text": [texts.get(section.code, "") for section in sections],
            "location": [f"p{2 * section.number}" for section in sections],
        }
        columns = {name: pa.array(texts).take(places) for name, texts in values.items()}
        offsets = pa.array(np.arange(self.count + 1, dtype=np.int32) * np.int32(len(sections)))
        return lists(offsets, columns, self.count * len(sections), kind)

    def _texts(self) -> dict[str, str]:
        words = load_wording()
        told = {"received_sentence": words.received_none, "review_sentence": words.review_none}
        return {
            "overview": "\n".join(line.format(**told) for line in words.overview),
            "problems": "\n".join(words.problems),
            "other": words.other_since_2021,
        }


def _repeated(value: object, times: int, kind: pa.DataType) -> pa.Array:
    return pa.array([value], kind).take(pa.array(np.zeros(times, dtype=np.int32)))

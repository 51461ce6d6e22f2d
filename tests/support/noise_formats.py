"""The formats of the round trip: how each is written, what noise it knows, what share must be read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from support import noise_docx, noise_html, noise_paper, noise_sheet, noise_text
from support.noise_document import Written
from support.noise_reports import FORMS

Write = Callable[[int, Collection[str], str | None], Written]
Convert = Callable[[Sequence[bytes], int], list[bytes]]


@dataclass(frozen=True)
class Case:
    """One example: the same case always gives the same file."""

    seed: int
    form: str
    noise: tuple[str, ...]


@dataclass(frozen=True)
class Format:
    """A format of the round trip."""

    name: str
    write: Write
    quiet: tuple[str, ...]
    loud: tuple[str, ...]
    exact: bool = True
    """Under quiet noise every cell is right; otherwise none is wrong, and `floor` of all are right."""
    floor: float = 1.0
    convert: Convert | None = None
    """Makes files of what `write` gives, many at once."""
    batch: int = 1
    pictured: bool = False
    """Pictures of text, in which a dash of one shape may be read as one of another."""

    def cases(self, *, loud: bool) -> st.SearchStrategy[Case]:
        """Draw cases, with harm or without."""
        quiet = st.lists(st.sampled_from(self.quiet), max_size=3 if loud else 8, unique=True)
        # One harm alone: a cell dropped and another doubled make a row that looks whole.
        harm = st.sampled_from(self.loud)
        noise = st.tuples(quiet, harm).map(lambda pair: [*pair[0], pair[1]]) if loud else quiet
        seeds = st.integers(0, 2**32)
        return st.builds(Case, seeds, st.sampled_from(FORMS), noise.map(tuple))

    def case(self, rng: Random, *, loud: bool) -> Case:
        """Draw one case plainly: of a few examples in batches, Hypothesis would draw the simplest ones."""
        noise = rng.sample(self.quiet, rng.randint(0, min(3, len(self.quiet))))
        noise += [rng.choice(self.loud)] if loud else []
        return Case(rng.randrange(2**32), rng.choice(FORMS), tuple(noise))

    def files(self, cases: Sequence[Case]) -> list[Written]:
        """Write some cases."""
        written = [self.write(case.seed, case.noise, case.form) for case in cases]
        if self.convert is None:
            return written
        files = self.convert([one.data for one in written], cases[0].seed)
        return [Written(data, one.printed) for data, one in zip(files, written, strict=True)]


_ANY = {"quiet": noise_paper.TABLES, "loud": noise_paper.HARMED}
_LEAST = 0.95
FORMATS = {
    one.name: one
    for one in (
        Format("html", noise_html.write_html, noise_html.QUIET, noise_html.LOUD),
        Format("text", noise_text.write_text, noise_text.QUIET, noise_text.LOUD),
        Format("docx", noise_docx.write_docx, noise_docx.QUIET, noise_docx.LOUD),
        Format("xlsx", noise_sheet.write_xlsx, noise_sheet.QUIET, noise_sheet.LOUD),
        Format("mhtml", noise_paper.write_mhtml, noise_html.QUIET, noise_html.LOUD),
        Format("markdown", noise_paper.write_markdown, **_ANY, exact=False, floor=_LEAST),
        Format("xls", noise_paper.write_xls, **_ANY, exact=False, floor=_LEAST),
        Format("ofd", noise_paper.write_ofd, **_ANY, exact=False, floor=_LEAST),
        Format("pdf", noise_paper.write_print, **_ANY, exact=False, floor=_LEAST,
               convert=noise_paper.print_pdfs, batch=10),
        Format("unruled", noise_paper.write_print, **_ANY, exact=False, floor=0.5,
               convert=noise_paper.print_unruled, batch=10),
        Format("ocr", noise_paper.write_print, **_ANY, exact=False, floor=0.8,
               convert=noise_paper.scan_pdfs, batch=2, pictured=True),
        *(
            Format(kind, noise_paper.write_wide_docx, **_ANY, exact=False, floor=_LEAST,
                   convert=save, batch=10)
            for kind, save in noise_paper.SAVERS.items()
        ),
    )
}  # fmt: skip

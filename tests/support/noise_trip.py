"""One round trip: written, read, and held against what was printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.pipeline.reading import read_reports
from support.noise_formats import Case, Format
from support.noise_score import Score, score


class SilentError(AssertionError):
    """A value that nobody printed there, without a finding, or a fault of the reader."""


class UnreadError(AssertionError):
    """A cell that was left unread although its noise leaves no doubt."""


@dataclass(frozen=True)
class Trip:
    """What became of one case."""

    case: Case
    score: Score
    faults: tuple[str, ...]

    def check(self, *, exact: bool) -> None:
        """Raise what the case shows to be wrong."""
        if self.faults or self.score.wrong:
            raise SilentError("\n".join([str(self.case), *self.faults, *self.score.wrong[:10]]))
        if exact and self.score.unread:
            raise UnreadError("\n".join([str(self.case), *self.score.unread[:10]]))


def trips(form: Format, cases: Sequence[Case]) -> Iterator[Trip]:
    """Write and read some cases."""
    for case, written in zip(cases, form.files(cases), strict=True):
        reading = read_reports("", written.data)
        faults = tuple(str(error) for error in reading.errors if error.code == "reader_fault")
        scored = score(written.printed, reading.reports, pictured=form.pictured)
        yield Trip(case, scored, faults)

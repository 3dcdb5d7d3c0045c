"""Tables of figures, as Markdown."""

import dataclasses
import pathlib
import statistics
from collections.abc import Sequence

from measure.process import Cost

MB = 1_000_000


@dataclasses.dataclass(frozen=True)
class Table:
    """A table with what it shows and what has to be known to read it."""

    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        lines = [self.head, ["---", *["---:"] * (len(self.head) - 1)], *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return f"### {self.title}\n\n{self.note}\n\n{table}\n"


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The median, and between which two all lie where there are several: `1.20 (1.15–1.31)`."""
    median = f"{statistics.median(values):,.{digits}f}"
    return median if len(values) == 1 else f"{median} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def ratio(values: Sequence[float], ofs: Sequence[float]) -> str:
    """How many times the others these are, pair by pair."""
    return spread([value / of if of else float("nan") for value, of in zip(values, ofs, strict=True)])


def cpu(costs: Sequence[Cost], rows: int) -> str:
    """Seconds of processor time for a million rows."""
    return spread([cost.cpu * 1e6 / rows for cost in costs])


def resident(costs: Sequence[Cost]) -> str:
    return spread([cost.resident / MB for cost in costs], 0)


def write(document: pathlib.Path, figures: str, command: str) -> None:
    """Puts the figures between the marks that the document has for those of a command."""
    text = document.read_text()
    begin, end = f"<!-- by {command} --write -->", f"<!-- end of {command} -->"
    before, begins, rest = text.partition(begin)
    _, ends, after = rest.partition(end)
    if not begins or not ends:
        raise ValueError(f"Cannot write the figures into {document}: it has no marks for those of {command}")
    document.write_text(f"{before}{begin}\n\n{figures.strip()}\n\n{end}{after}")

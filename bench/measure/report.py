"""Tables of figures, as Markdown."""

import dataclasses
import pathlib
import re
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


def block(name: str, table: Table, facts: str) -> str:
    """A table under its name, with how it was taken, as a document keeps it."""
    return f"<!-- {name} -->\n\n{table.markdown()}\n{facts}\n"


def write(document: pathlib.Path, command: str, blocks: dict[str, str], order: Sequence[str]) -> None:
    """Puts blocks between the marks that the document has for those of a command, in place of those of the same names."""
    text = document.read_text()
    begin, end = f"<!-- by {command} --write -->", f"<!-- end of {command} -->"
    before, begins, rest = text.partition(begin)
    inside, ends, after = rest.partition(end)
    if not begins or not ends:
        raise ValueError(f"Cannot write the figures into {document}: it has no marks for those of {command}")
    names_and_blocks = re.split(r"^<!-- (\S+) -->\n", inside, flags=re.MULTILINE)[1:]
    kept = {
        name: f"<!-- {name} -->\n{block}" for name, block in zip(names_and_blocks[::2], names_and_blocks[1::2], strict=True)
    }
    all_blocks = kept | blocks
    told = "\n\n".join(all_blocks[name].strip() for name in order if name in all_blocks)
    document.write_text(f"{before}{begin}\n\n{told}\n\n{end}{after}")

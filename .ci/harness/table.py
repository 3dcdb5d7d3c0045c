"""The one table at the end of a run: what became of every case's rows."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    """One case. The time to recover is from the fault's end to the drained queue; a case without an end has none."""

    case: str
    files: int
    lost: int | None
    doubled: int | None
    dead_letters: int | None
    recovery: float | None
    seen: str
    failure: str = ""

    @property
    def exact(self) -> bool:
        return not self.failure and self.lost == 0 and self.doubled == 0


def show(rows: list[Row]) -> str:
    """The table as text; what could not be counted is a question mark."""
    titles = ("case", "files", "lost", "doubled", "dead letters", "recovery, s", "")
    lines = [titles, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles) - 1)]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(line[1:-1], widths[1:], strict=True)]
            + [line[-1]]
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    counts = ("?" if count is None else str(count) for count in (row.lost, row.doubled, row.dead_letters))
    recovery = "-" if row.recovery is None else f"{row.recovery:.0f}"
    return (row.case, f"{row.files:,}", *counts, recovery, "FAIL" if not row.exact else "")

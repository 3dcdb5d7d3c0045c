"""How much is measured."""

import dataclasses

from measure.engines import DUCKDB, PANDAS, POLARS, Peer


@dataclasses.dataclass(frozen=True)
class Plan:
    """Sizes and repetitions: of pairs, how many of each peer."""

    rows: int = 10_000_000
    large: dict[Peer, int] = dataclasses.field(default_factory=lambda: {DUCKDB: 2, POLARS: 2, PANDAS: 1})
    on_disk: tuple[Peer, ...] = (DUCKDB, POLARS)
    gzip: dict[Peer, int] = dataclasses.field(default_factory=lambda: {DUCKDB: 1, POLARS: 1})
    files: int = 500
    file_rows: int = 2_000
    small: dict[Peer, int] = dataclasses.field(default_factory=lambda: {DUCKDB: 3, POLARS: 1, PANDAS: 1})
    events: int = 200
    unmeasured: int = 1_500
    event_rows: int = 100
    starts: int = 3
    megabytes: tuple[int, ...] = (1, 10, 100)
    sized: int = 2
    columns: tuple[int, ...] = (4, 20, 100)
    wide: int = 50
    compared: int = 3
    called: int = 3
    calling_files: int = 500

    def lines(self) -> list[str]:
        """What is going to be done, in words."""
        return [
            f"large: {self.rows:,} rows through S3, pairs: {_pairs(self.large)}; "
            f"as often on disk: {', '.join(peer.name for peer in self.on_disk)}",
            f"gzip: the same file packed, pairs: {_pairs(self.gzip)}",
            f"small: {self.files} files of {self.file_rows:,} rows to cold processes, pairs: {_pairs(self.small)}",
            f"latency: {self.events} events to each engine, one at a time, after {self.unmeasured} unmeasured",
            f"start: {self.starts} starts of each engine to the first output",
            f"sizes: {', '.join(map(str, self.megabytes))} MB, each {self.sized} times",
            f"widths: {', '.join(map(str, self.columns))} columns, {self.wide} MB each, each {self.sized} times",
            f"clients: {self.calling_files} small files and a large one by each of the SDK's HTTP clients, {self.called} times",
            f"variants: {self.compared} pairs for each --variant",
        ]


DEFAULT = Plan()
QUICK = Plan(
    rows=50_000,
    large={DUCKDB: 1},
    gzip={PANDAS: 1},
    files=20,
    small={POLARS: 1},
    events=5,
    unmeasured=1,
    starts=1,
    megabytes=(1, 2),
    sized=1,
    columns=(4, 20),
    wide=1,
    compared=1,
    called=1,
    calling_files=10,
)
FULL = Plan(
    large={DUCKDB: 5, POLARS: 5, PANDAS: 3},
    on_disk=(DUCKDB, POLARS, PANDAS),
    gzip={DUCKDB: 3, POLARS: 3, PANDAS: 3},
    small={DUCKDB: 5, POLARS: 5, PANDAS: 5},
    events=500,
    starts=5,
    megabytes=(1, 10, 100, 1_000),
    sized=3,
    wide=200,
    compared=5,
    called=5,
)


def _pairs(of: dict[Peer, int]) -> str:
    return ", ".join(f"{count} with {peer.name}" for peer, count in of.items())

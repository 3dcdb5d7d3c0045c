"""The sections of a run: each measures one kind of work and gives its table."""

import dataclasses
import pathlib
import statistics
from collections.abc import Callable, Iterator

from measure import agreement, clients, files, works
from measure.engines import DUCKDB, PANDAS, POLARS, Engine, Form, Peer, Service
from measure.plan import Plan
from measure.process import Cost
from measure.report import MB, Table, cpu, ratio, resident, spread
from measure.standins import StandIns

_CPU, _RSS = "CPU-s per 1M rows", "peak RSS, MB"
_RATIOS = ("CPU / service's", "time / service's")
_PEERS = (DUCKDB, POLARS, PANDAS)


@dataclasses.dataclass(frozen=True)
class Bench:
    """What all sections work with."""

    standins: StandIns
    plan: Plan
    service: Service
    variants: tuple[Service, ...]
    say: Callable[[str], None]

    def run(self, what: str, work: Callable[[], Cost]) -> Cost:
        cost = work()
        self.say(f"{what}: {cost.wall:.2f} s, {cost.cpu:.2f} CPU-s, {cost.resident / MB:.0f} MB")
        return cost

    def whole_file(self, engine: Engine, source: pathlib.Path) -> Cost:
        return self.run(f"{engine.name}, {source.name}", lambda: works.whole_file(self.standins, engine, source))


def agreed(bench: Bench) -> Table:
    sources = [files.rows(20_000), files.packed(files.wide(5_000, 20))]
    rows = []
    for source in sources:
        accepted, rejected = agreement.require(bench.standins, bench.service, list(_PEERS), source)
        rows.append(
            (
                source.name,
                f"{accepted + rejected:,}",
                f"{accepted:,}",
                f"{rejected:,}",
                f"{accepted / (accepted + rejected):.1%}",
            )
        )
        bench.say(f"all engines agree on every row of {source.name}: {accepted} accepted, {rejected} rejected")
    note = "Every engine wrote the same accepted and rejected rows, in the same order, with the same codes and reasons."
    return Table("Agreement", note, ("file", "rows", "accepted", "rejected", "share accepted"), rows)


def large(bench: Bench) -> Table:
    source = files.rows(bench.plan.rows)
    return _whole(bench, f"A file of {bench.plan.rows:,} rows", source, source, bench.plan.large, bench.plan.on_disk)


def gzip(bench: Bench) -> Table:
    plain = files.rows(bench.plan.rows)
    return _whole(bench, "The same file, gzip", files.packed(plain), plain, bench.plan.gzip, ())


def _whole(
    bench: Bench,
    title: str,
    source: pathlib.Path,
    plain: pathlib.Path,
    pairs: dict[Peer, int],
    on_disk: tuple[Peer, ...],
) -> Table:
    count, size = files.counted(plain), plain.stat().st_size
    rows = []

    def row(name: str, costs: list[Cost], services: list[Cost]) -> tuple[str, ...]:
        return (
            name,
            cpu(costs, count),
            spread([count / cost.wall for cost in costs], 0),
            spread([size / MB / cost.wall for cost in costs], 1),
            resident(costs),
            *_ratios(costs, services),
        )

    for peer, times in pairs.items():
        services, peers, disks = [], [], []
        for _ in range(times):
            services.append(bench.whole_file(bench.service, source))
            peers.append(bench.whole_file(peer, source))
            if peer in on_disk:
                disks.append(bench.run(f"{peer.name} on disk", lambda peer=peer: works.on_disk(peer, source)))
        rows.append(row(f"{bench.service.name}, beside {peer.name}", services, services))
        rows.append(row(peer.name, peers, services))
        if peer in on_disk:
            rows.append(row(f"{peer.name}, disk to disk", disks, services))
    note = f"{source.stat().st_size / MB:,.0f} MB, through S3 by cold processes; MB/s are of the plain text."
    return Table(title, note, ("engine", _CPU, "rows/s", "MB/s", _RSS, *_RATIOS), rows)


def small(bench: Bench) -> Table:
    plan = bench.plan
    sources = files.many(plan.files, plan.file_rows)
    count = plan.files * plan.file_rows
    rows = []

    def row(name: str, costs: list[Cost], services: list[Cost]) -> tuple[str, ...]:
        return (
            name,
            cpu(costs, count),
            spread([plan.files / cost.wall for cost in costs], 1),
            spread([count / cost.wall for cost in costs], 0),
            resident(costs),
            *_ratios(costs, services),
        )

    for peer, times in plan.small.items():
        services, peers = [], []
        for _ in range(times):
            for engine, costs in ((bench.service, services), (peer, peers)):
                costs.append(
                    bench.run(
                        f"{engine.name}, {plan.files} files",
                        lambda engine=engine: works.many_files(bench.standins, engine, sources),
                    )
                )
        rows.append(row(f"{bench.service.name}, beside {peer.name}", services, services))
        rows.append(row(f"{peer.name}, bare worker", peers, services))
    note = f"The files, of {plan.file_rows:,} rows, wait in the queue when a cold process starts."
    return Table(f"{plan.files} small files", note, ("engine", _CPU, "files/s", "rows/s", _RSS, *_RATIOS), rows)


def latency(bench: Bench) -> Table:
    plan = bench.plan
    source = files.rows(plan.event_rows)
    rows = []
    reference: tuple[float, float] | None = None
    for engine in (bench.service, *_PEERS):
        taken = sorted(works.latencies(bench.standins, engine, source, plan.events, plan.unmeasured))
        p50, p99 = (_percentile(taken, of) for of in (50, 99))
        reference = reference or (p50, p99)
        bench.say(f"{engine.name}: {len(taken)} events, p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        ratios = (f"{p50 / reference[0]:.2f}", f"{p99 / reference[1]:.2f}")
        rows.append((engine.name, f"{p50:.1f}", f"{p99:.1f}", f"{taken[0]:.1f}", f"{taken[-1]:.1f}", *ratios))
    note = (
        f"{plan.events} events one at a time, after {plan.unmeasured} unmeasured ones, each of a file of "
        f"{plan.event_rows} rows: milliseconds from sending the event to both outputs, for the service also to the "
        "receipt."
    )
    return Table(
        "Idle latency", note, ("engine", "p50", "p99", "least", "most", "p50 / service's", "p99 / service's"), rows
    )


def start(bench: Bench) -> Table:
    source = files.rows(bench.plan.event_rows)
    forms = [
        dataclasses.replace(bench.service, name=f"{bench.service.name}, {form.value}", form=form)
        for form in (Form.UNCACHED, Form.JAR)
    ]
    engines = (bench.service, *forms, *_PEERS)
    costs: dict[Engine, list[Cost]] = {engine: [] for engine in engines}
    for _ in range(bench.plan.starts):
        for engine in engines:
            work = lambda engine=engine: works.first_output(bench.standins, engine, source)  # noqa: E731
            costs[engine].append(bench.run(f"start of {engine.name}", work))
    services = costs[bench.service]
    rows = [
        (
            engine.name,
            spread([cost.wall for cost in of]),
            spread([cost.cpu for cost in of]),
            *tuple(_ratios(of, services))[::-1],
        )
        for engine, of in costs.items()
    ]
    note = (
        "Seconds from starting a process to the outputs of a file that waits in the queue, for the service also to the "
        "receipt."
    )
    return Table("Start to first output", note, ("engine", "seconds", "CPU-s", *_RATIOS[::-1]), rows)


def sizes(bench: Bench) -> Table:
    sources = [(f"{megabytes:,} MiB", files.sized(megabytes)) for megabytes in bench.plan.megabytes]
    note = "The service alone, by cold processes. What is beyond the least size shows what a further megabyte takes."
    return _linear(bench, "Sizes", note, "size", sources)


def widths(bench: Bench) -> Table:
    plan = bench.plan
    sources = [(f"{columns} columns", files.sized(plan.wide, columns)) for columns in plan.columns]
    note = f"The service alone, by cold processes, files of {plan.wide} MiB. Columns that no rule knows go through."
    return _linear(bench, "Widths", note, "width", sources)


def _linear(bench: Bench, title: str, note: str, what: str, sources: list[tuple[str, pathlib.Path]]) -> Table:
    rows = []
    least: tuple[float, float] | None = None
    for name, source in sources:
        costs = [bench.whole_file(bench.service, source) for _ in range(bench.plan.sized)]
        megabytes = source.stat().st_size / MB
        used = statistics.median(cost.cpu for cost in costs)
        further = "-"
        if least and megabytes > 1.5 * least[0]:
            further = f"{(used - least[1]) * 1000 / (megabytes - least[0]):.1f}"
        least = least or (megabytes, used)
        rows.append(
            (
                name,
                f"{files.counted(source):,}",
                spread([cost.cpu * 1000 / megabytes for cost in costs], 1),
                further,
                cpu(costs, files.counted(source)),
                spread([megabytes / cost.wall for cost in costs], 1),
                resident(costs),
            )
        )
    head = (what, "rows", "CPU-ms per MB", "CPU-ms per further MB", _CPU, "MB/s", _RSS)
    return Table(title, note, head, rows)


def sdk(bench: Bench) -> Table:
    plan = bench.plan
    source = files.sized(plan.megabytes[-1])
    costs: dict[str, tuple[list[Cost], list[Cost]]] = {client: ([], []) for client in clients.CLIENTS}
    for _ in range(plan.called):
        for client, (small_ones, large_ones) in costs.items():
            of_small = lambda client=client: clients.small(bench.standins, client, plan.calling_files)  # noqa: E731
            of_large = lambda client=client: clients.large(bench.standins, client, source)  # noqa: E731
            small_ones.append(bench.run(f"{client}, {plan.calling_files} files", of_small))
            large_ones.append(bench.run(f"{client}, {source.name}", of_large))
    rows = []
    for client, (small_ones, large_ones) in costs.items():
        firsts = costs[clients.CLIENTS[0]]
        rows.append(
            (
                client,
                spread([cost.cpu for cost in small_ones]),
                spread([plan.calling_files / cost.wall for cost in small_ones], 0),
                resident(small_ones),
                spread([cost.cpu for cost in large_ones]),
                resident(large_ones),
                ratio([cost.cpu for cost in small_ones], [cost.cpu for cost in firsts[0]]),
                ratio([cost.cpu for cost in large_ones], [cost.cpu for cost in firsts[1]]),
            )
        )
    note = (
        f"Nothing but calls, one after another, by cold processes without an AOT cache: {plan.calling_files} small files "
        f"of five calls each; and one of {source.stat().st_size / MB:,.0f} MB read, and 210 MB written by parts of 5 MiB. "
        f"The service has {clients.CLIENTS[0]}."
    )
    head = (
        "client",
        "small, CPU-s",
        "files/s",
        "small, peak RSS, MB",
        "large, CPU-s",
        "large, peak RSS, MB",
        "small, CPU / first's",
        "large, CPU / first's",
    )
    return Table("HTTP clients of the SDK", note, head, rows)


def variants(bench: Bench) -> Table:
    source = files.rows(bench.plan.rows)
    count = files.counted(source)
    rows = []
    for variant in bench.variants:
        services, others = [], []
        for _ in range(bench.plan.compared):
            services.append(bench.whole_file(bench.service, source))
            others.append(bench.whole_file(variant, source))
        for name, costs in ((bench.service.name, services), (variant.name, others)):
            rates = spread([count / cost.wall for cost in costs], 0)
            options = " ".join(variant.options) if costs is others else " ".join(bench.service.options)
            rows.append((name, f"`{options}`", cpu(costs, count), rates, resident(costs), *_ratios(costs, services)))
    note = f"The service beside itself with other options, pair by pair, on the file of {bench.plan.rows:,} rows."
    head = ("service", "options", _CPU, "rows/s", _RSS, *_RATIOS)
    return Table("Variants of the service", note, head, rows)


def _ratios(costs: list[Cost], services: list[Cost]) -> Iterator[str]:
    """How many times the service's processor time and clock time, pair by pair."""
    for measure in ("cpu", "wall"):
        own = costs is services
        yield (
            "1"
            if own
            else ratio([getattr(cost, measure) for cost in costs], [getattr(cost, measure) for cost in services])
        )


def _percentile(ordered: list[float], of: int) -> float:
    """The least value that so many of a hundred do not exceed."""
    return ordered[max(0, -(-len(ordered) * of // 100) - 1)]


ALL: dict[str, Callable[[Bench], Table]] = {
    "agreement": agreed,
    "large": large,
    "gzip": gzip,
    "small": small,
    "latency": latency,
    "start": start,
    "sizes": sizes,
    "widths": widths,
    "clients": sdk,
    "variants": variants,
}

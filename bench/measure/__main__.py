"""Measures the packaged service beside DuckDB, polars and pandas: see docs/performance.md."""

import argparse
import dataclasses
import fcntl
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from measure import machine, places, report, sections
from measure.engines import Service
from measure.plan import DEFAULT, FULL, QUICK, Plan
from measure.process import Broken
from measure.standins import StandIns

_DOCUMENT = places.ROOT / "docs/performance.md"
_TABLES = places.WORK / "tables.md"
# Enough for one large file or many small ones, with the image's collector, also where the image's options are not taken.
_OPTIONS = "-Xmx256m -XX:+UseSerialGC"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    size = arguments.add_mutually_exclusive_group()
    size.add_argument(
        "--quick", action="store_true", help="everything at a small size: shows that it runs, the figures mean nothing"
    )
    size.add_argument("--full", action="store_true", help="larger sizes and more pairs, for an hour to spare")
    arguments.add_argument("--only", metavar="SECTION,...", help=f"of {', '.join(sections.ALL)}")
    arguments.add_argument("--rows", type=int, help="the rows of the large file")
    arguments.add_argument("--files", type=int, help="how many small files")
    arguments.add_argument("--events", type=int, help="how many events each engine is sent one at a time")
    arguments.add_argument("--megabytes", metavar="N,...", help="the sizes of the section sizes, such as 1000,10000")
    arguments.add_argument(
        "--options", default=_OPTIONS, help=f"the service's Java options and settings (--options='{_OPTIONS}')"
    )
    arguments.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="NAME=OPTIONS",
        help="measures the service beside itself with these options added: --variant one='-Dx=1'; may be repeated",
    )
    arguments.add_argument(
        "--write",
        action="store_true",
        help=f"puts the tables into {_DOCUMENT.relative_to(places.ROOT)}, where those of other sections stay",
    )
    chosen = arguments.parse_args()
    names = (
        chosen.only.split(",")
        if chosen.only
        else [name for name in sections.ALL if name != "variants" or chosen.variant]
    )
    if not set(names) <= set(sections.ALL):
        arguments.error(f"there are no sections but {', '.join(sections.ALL)}")
    if not (places.ROOT / "target/quarkus-app/quarkus-run.jar").is_file():
        print("Cannot measure the service: there is no target/quarkus-app; ./mvnw package makes it", file=sys.stderr)
        return 2
    # No process may outlive this one: every way out leads through the contexts.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begin = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begin:6.1f} s  {what}", flush=True)

    places.WORK.mkdir(parents=True, exist_ok=True)
    with (places.WORK / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Cannot measure: another bench/run is under way, and both would measure each other", file=sys.stderr)
            return 2
        return run(chosen, names, say)


def run(chosen: argparse.Namespace, names: list[str], say: Callable[[str], None]) -> int:
    """Measures, shows the tables and keeps them."""
    try:
        facts = machine.facts(shlex.join(["bench/run", *sys.argv[1:]]))
        blocks = {name: report.block(name, table, facts) for name, table in measure(chosen, names, say)}
    except (Broken, subprocess.CalledProcessError) as broken:
        print(f"Cannot measure: {broken}", file=sys.stderr)
        return 1
    figures = "\n".join(blocks.values())
    _TABLES.write_text(figures)
    print(f"\n{figures}")
    if chosen.write:
        report.write(_DOCUMENT, "bench/run", blocks, list(sections.ALL))
    say(f"done; the tables are in {(_DOCUMENT if chosen.write else _TABLES).relative_to(places.ROOT)}")
    return 0


def measure(chosen: argparse.Namespace, names: list[str], say: Callable[[str], None]) -> Iterator[tuple[str, report.Table]]:
    """The sections' tables, one after another."""
    plan = planned(chosen)
    for line in plan.lines():
        if line.partition(":")[0] in names:
            say(f"plan: {line}")
    options = tuple(shlex.split(chosen.options))
    service = Service("service", options)
    variants = []
    for given in chosen.variant:
        name, _, added = given.partition("=")
        variants.append(Service(f"service, {name}", (*options, *shlex.split(added))))
    with StandIns() as standins:
        bench = sections.Bench(standins, plan, service, tuple(variants), say)
        for name in names:
            say(f"{name} ...")
            yield name, sections.ALL[name](bench)


def planned(chosen: argparse.Namespace) -> Plan:
    plan = QUICK if chosen.quick else FULL if chosen.full else DEFAULT
    given = {name: getattr(chosen, name) for name in ("rows", "files", "events") if getattr(chosen, name)}
    plan = dataclasses.replace(plan, **given)
    if chosen.megabytes:
        plan = dataclasses.replace(plan, megabytes=tuple(map(int, chosen.megabytes.split(","))))
    return plan


if __name__ == "__main__":
    sys.exit(main())

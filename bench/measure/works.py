"""The pieces of work: each gives one engine something to do in a stage of its own, and tells what it took."""

import dataclasses
import pathlib
import shutil
import time

from measure import files, places
from measure.engines import Engine, Peer, Service
from measure.process import Broken, Cost
from measure.standins import StandIns

_FOLDER = "incoming/membership"
_WITHIN = 1800
_LATENCY_WITHIN = 60


def whole_file(standins: StandIns, engine: Engine, source: pathlib.Path) -> Cost:
    """One file through S3 by a cold process: the clock stops when its outputs (and its receipt) can be read."""
    _require_room(source)
    with standins.stage() as stage:
        put = stage.put(source, f"{_FOLDER}/{source.name}")
        if isinstance(engine, Service):
            stage.announce(put)
        with engine.whole_file(stage, put) as process:
            done = max(standins.told.wait(engine.told(put), process, _WITHIN))
            if isinstance(engine, Peer):
                cost = dataclasses.replace(process.end(), wall=(done - process.started) / 1e9)
            else:
                stage.drained(process, _WITHIN)
                cost = process.cost(done)
        _require_all(engine, stage.outputs(), [source])
        return cost


def on_disk(peer: Peer, source: pathlib.Path) -> Cost:
    """The rules over a file on disk, outputs to disk."""
    outputs = [places.WORK / f"{peer.name}-{outcome}.csv" for outcome in ("accepted", "rejected")]
    try:
        with peer.on_disk(source, *outputs) as process:
            cost = process.end()
        _require_all(peer, outputs, [source])
        return cost
    finally:
        for output in outputs:
            output.unlink(missing_ok=True)


def many_files(standins: StandIns, engine: Engine, sources: list[pathlib.Path]) -> Cost:
    """Many files that wait in the queue for a cold process, until each is done and the queue is empty."""
    with standins.stage() as stage:
        puts = [stage.put(source, f"{_FOLDER}/{source.name}") for source in sources]
        for put in puts:
            stage.announce(put)
        told = [each for put in puts for each in engine.told(put)]
        with engine.worker(stage) as process:
            done = max(standins.told.wait(told, process, _WITHIN))
            stage.drained(process, _WITHIN)
            cost = process.cost(done)
        _require_all(engine, stage.outputs(), sources)
        return cost


def latencies(standins: StandIns, engine: Engine, source: pathlib.Path, events: int, unmeasured: int) -> list[float]:
    """The milliseconds from sending an event to its outputs (and receipt), to a process with nothing else to do."""
    with standins.stage() as stage, engine.worker(stage) as process:
        taken = []
        for number in range(unmeasured + events):
            put = stage.put(source, f"{_FOLDER}/{number:04}.csv")
            sent = stage.announce(put)
            done = max(standins.told.wait(engine.told(put), process, _LATENCY_WITHIN))
            stage.drained(process, _LATENCY_WITHIN)
            taken.append((done - sent) / 1e6)
            time.sleep(0.01)
        return taken[unmeasured:]


def first_output(standins: StandIns, engine: Engine, source: pathlib.Path) -> Cost:
    """The start of a process for which one small file waits, until that is done."""
    return many_files(standins, engine, [source])


def _require_all(engine: Engine, outputs: list[pathlib.Path], sources: list[pathlib.Path]) -> None:
    """Every row has to be in an output: a figure of less work would be none."""
    given = sum(files.counted(source) for source in sources)
    found = sum(files.lines(output) - 1 for output in outputs)
    if found != given:
        raise Broken(f"{engine.name} was given {given} rows, and its outputs have {found}")


def _require_room(source: pathlib.Path) -> None:
    """The object and its backup, and the outputs, twice while the stand-in puts them together from their parts.

    Outputs have up to twice the bytes of the plain source, since every rejected row is given its reasons.
    """
    needed = 2 * source.stat().st_size + 4.5 * files.unpacked(source).stat().st_size
    free = shutil.disk_usage(places.WORK).free
    if free < needed:
        raise Broken(f"{source.name} takes {needed / 1e9:.0f} GB below {places.WORK}, and {free / 1e9:.0f} are free")

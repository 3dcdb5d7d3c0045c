"""Whether all engines decide alike: else a figure beside the service's would be of other work."""

import csv
import dataclasses
import io
import pathlib

from measure.engines import Engine, Peer, Service
from measure.process import Broken
from measure.standins import StandIns

_WITHIN = 300

type Rows = list[list[str]]


@dataclasses.dataclass(frozen=True)
class Decided:
    """What one engine made of a file, header and all, row by row in their order."""

    accepted: Rows
    rejected: Rows

    def counts(self) -> tuple[int, int]:
        return len(self.accepted) - 1, len(self.rejected) - 1


def decided(standins: StandIns, engine: Engine, source: pathlib.Path) -> Decided:
    """One file by the engine's worker, its outputs read back from S3."""
    with standins.stage() as stage:
        put = stage.put(source, f"incoming/membership/{source.name}")
        stage.announce(put)
        with engine.worker(stage) as process:
            standins.told.wait(engine.told(put), process, _WITHIN)
        outputs = []
        for prefix in ("successful/", "unsuccessful/"):
            (content,) = stage.read(prefix).values()
            outputs.append(list(csv.reader(io.StringIO(content.decode(), newline=""))))
        return Decided(*outputs)


def require(standins: StandIns, service: Service, peers: list[Peer], source: pathlib.Path) -> tuple[int, int]:
    """The accepted and rejected rows of a file, of which every engine must write every one as the service does."""
    reference = decided(standins, service, source)
    for peer in peers:
        found = decided(standins, peer, source)
        if found.counts() != reference.counts():
            raise Broken(f"{peer.name} accepts and rejects {found.counts()} rows, the service {reference.counts()}")
        if found.accepted != reference.accepted:
            raise Broken(f"{peer.name} accepts another row: {_difference(found.accepted, reference.accepted)}")
        rejected = [_without_overflow(row) for row in found.rejected]
        if rejected != reference.rejected:
            raise Broken(f"{peer.name} rejects another row: {_difference(rejected, reference.rejected)}")
    return reference.counts()


def _without_overflow(row: list[str]) -> list[str]:
    """The row without the engine's last column, which is for a field too many, but for that field."""
    return row[:-1] if row[-1] in ("", "overflow") else row


def _difference(found: Rows, reference: Rows) -> str:
    number = next(number for number, pair in enumerate(zip(found, reference, strict=True)) if pair[0] != pair[1])
    return f"row {number} is {found[number]}, and the service's {reference[number]}"

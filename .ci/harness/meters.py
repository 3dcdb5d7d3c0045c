"""The service's own meters: as docs/observability.md lists them, and as a scrape shows them."""

import dataclasses
import re
from collections import defaultdict

from harness.outcome import Failed
from harness.service import ROOT

DOCS = ROOT / "docs/observability.md"
OWN = re.compile(r"(winnow|messaging|rpc)_")
SAMPLE = re.compile(r"(\w+?)(?:\{(.*)\})? (\S+)$")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


@dataclasses.dataclass(frozen=True)
class Meter:
    """A meter by its name in Prometheus."""

    type: str
    labels: frozenset[str]

    def __str__(self) -> str:
        return f"{self.type} of {sorted(self.labels)}"


def documented() -> dict[str, Meter]:
    """The rows of the table. A time that is no histogram is a summary; what is neither a sum nor a time is a gauge."""
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$", DOCS.read_text(), re.MULTILINE)
    found = {}
    for name, tags, unit, told in rows:
        if not OWN.match(name):
            continue
        if name.endswith("_total"):
            kind = "counter"
        elif unit.strip() == "seconds":
            kind = "histogram" if "a histogram" in told else "summary"
        else:
            kind = "gauge"
        found[name] = Meter(kind, frozenset(re.findall(r"`(\w+)`", tags)))
    return found


class Scrape:
    """One answer of /q/metrics."""

    def __init__(self, text: str):
        types = dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE))
        # OpenMetrics gives a sum's type without the end of its name.
        types |= {f"{name}_total": kind for name, kind in types.items() if kind == "counter"}
        self.labels: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.series = 0
        shapes: dict[str, set[frozenset[str]]] = defaultdict(set)
        for line in text.splitlines():
            sample = SAMPLE.match(line)
            if line.startswith("#") or not sample or not OWN.match(sample[1]):
                continue
            self.series += 1
            name = sample[1]
            if name not in types:
                name = re.sub(r"_(bucket|count|sum)$", "", name)
            labels = dict(LABEL.findall(sample[2] or ""))
            labels.pop("le", None)
            # Micrometer adds the largest of late as a gauge of its own.
            name = name.removesuffix("_max") if name.endswith("_seconds_max") else name
            shapes[name].add(frozenset(labels))
            for label, value in labels.items():
                self.labels[name, label].add(value)
        uneven = {name: found for name, found in shapes.items() if len(found) > 1}
        if uneven:
            raise Failed(f"series of one name have different labels: {uneven}")
        self.meters = {name: Meter(types[name], next(iter(found))) for name, found in shapes.items()}


def agree(scrape: Scrape) -> str:
    """Whether the table and what is there are the same, both ways."""
    table = documented()
    problems = [f"{name} is not documented" for name in sorted(scrape.meters.keys() - table.keys())]
    problems += [f"{name} is documented and not there" for name in sorted(table.keys() - scrape.meters.keys())]
    for name in sorted(table.keys() & scrape.meters.keys()):
        if table[name] != scrape.meters[name]:
            problems.append(f"{name} is a {scrape.meters[name]}, and documented as a {table[name]}")
    if problems or len(table) < 20:
        raise Failed(f"{len(table)} documented meters", *problems)
    return f"{len(table)} meters have the name, type and labels that are documented, and there are no others"

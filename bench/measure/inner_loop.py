"""JMH's figures as a table: `python -m measure.inner_loop RESULT.json [--write]`."""

import json
import pathlib
import sys

from measure import machine, places, report

_NAME = "inner-loop"
_STEPS = {
    "scan": "scan: bytes to records",
    "date": "date: a text to its date",
    "decide": "decide: cleaned, validated, derived from or explained",
    "hibernateValidator": "(Hibernate Validator by itself, for comparison)",
    "write": "write: a decided record into its output, hashed",
    "whole": "whole: scan, decide and write, on one core",
    "wholeOnTwoCores": "the whole on two cores, on the clock",
}


def main() -> int:
    result, *options = sys.argv[1:]
    found = {each["benchmark"].rpartition(".")[2]: each for each in json.loads(pathlib.Path(result).read_text())}
    whole = found["whole"]["primaryMetric"]["score"] if "whole" in found else None
    rows = [_row(title, found[step], whole) for step, title in _STEPS.items() if step in found]
    note = "Each figure is of one row of the generated sample, by JMH; the error is JMH's, at 99.9 % confidence."
    head = ("step", "ns a row", "± error", "bytes allocated a row", "share of the whole")
    table = report.Table("A row of the inner loop", note, head, rows)
    figures = report.block(_NAME, table, machine.facts("bench/jmh/run"))
    (places.WORK / "inner-loop.md").write_text(figures)
    print(f"\n{figures}")
    if "--write" in options:
        report.write(places.ROOT / "docs/performance.md", "bench/jmh/run", {_NAME: figures}, [_NAME])
    return 0


def _row(title: str, found: dict, whole: float | None) -> tuple[str, ...]:
    metric = found["primaryMetric"]
    error = metric["scoreError"]
    allocated = found["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    share = f"{metric['score'] / whole:.0%}" if whole else "-"
    return title, f"{metric['score']:.1f}", "-" if error == "NaN" else f"{error:.1f}", f"{allocated:.1f}", share


if __name__ == "__main__":
    sys.exit(main())

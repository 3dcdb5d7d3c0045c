"""On what and with what the figures were taken."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess

from measure import places


def lines(command: str) -> list[str]:
    """The facts, as a list in Markdown."""
    memory = re.search(r"MemTotal:\s+(\d+) kB", pathlib.Path("/proc/meminfo").read_text())
    java = subprocess.run([places.java(), "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[
        1
    ]
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "polars", "pandas", "pyarrow", "boto3")
    )
    return [
        f"- date: {datetime.date.today()}, commit {_commit()}",
        f"- command: `{command}`",
        f"- machine: {os.process_cpu_count()} cores of {_processor()}, "
        f"{int(memory[1]) / 1e6:.0f} GB of memory, {platform.system()} {platform.release()}",
        f"- load before the run: {os.getloadavg()[0]:.1f}",
        f"- Java: {java}",
        f"- Python {platform.python_version()}: {packages}",
    ]


def _commit() -> str:
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=places.ROOT, capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()

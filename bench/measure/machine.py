"""On what and with what the figures were taken."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess

from measure import places


def facts(command: str) -> str:
    """The facts, in one line."""
    memory = re.search(r"MemTotal:\s+(\d+) kB", pathlib.Path("/proc/meminfo").read_text())
    told = subprocess.run([places.java(), "-version"], capture_output=True, text=True, check=True).stderr
    java = re.search(r"\(build ([^)]+)\)", told)
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "polars", "pandas", "pyarrow", "boto3")
    )
    return (
        f"{datetime.date.today()}, commit {_commit()}, `{command}`: {os.process_cpu_count()} cores of {_processor()}, "
        f"{int(memory[1]) / 1e6:.0f} GB of memory, {platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f} "
        f"before the run; Java {java[1]}; Python {platform.python_version()}, {packages}"
    )


def _commit() -> str:
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=places.ROOT, capture_output=True, text=True)
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()

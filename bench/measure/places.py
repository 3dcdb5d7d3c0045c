"""Where things are: the checkout, the folder to work in, the build's JDK."""

import functools
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target/bench"


@functools.cache
def java() -> str:
    """The `java` of the JDK that the build took."""
    told = subprocess.run(
        [ROOT / "mvnw", "-v"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    found = re.search(r"runtime: (.+)", re.sub(r"\x1b\[[0-9;]*m", "", told.stdout))
    if not found:
        raise RuntimeError(f"Cannot find the build's JDK: ./mvnw -v says\n{told.stdout}")
    return f"{found[1].strip()}/bin/java"


def maven(*arguments: str) -> None:
    subprocess.run([ROOT / "mvnw", "-q", "-B", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, check=True)

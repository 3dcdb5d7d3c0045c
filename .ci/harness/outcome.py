"""How a scenario ends early, and how it waits."""

import time
from collections.abc import Callable


class Failed(Exception):
    """The service did not do what its contract says."""

    def __init__(self, *problems: str):
        shown = list(problems[:12])
        if len(problems) > len(shown):
            shown.append(f"... and {len(problems) - len(shown)} more")
        super().__init__("\n".join(shown))


class Skipped(Exception):
    """The scenario needs something that is not here."""


def until(what: str, seconds: float, condition: Callable[[], object], every: float = 0.5) -> None:
    """Waits until the condition holds, which it must within this time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"after {seconds:.0f} s still not: {what}")
        time.sleep(every)

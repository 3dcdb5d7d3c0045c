"""A process under measurement: its time on all cores, start and end included, and its largest memory."""

import dataclasses
import os
import pathlib
import re
import select
import signal
import subprocess
import time

_TICKS = os.sysconf("SC_CLK_TCK")
# In milliseconds.
_SAMPLE = 10


class Broken(Exception):
    """What was measured did not do its work, so there is no figure."""


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a piece of work took: seconds on the clock, seconds of processor time, and bytes of memory at the most."""

    wall: float
    cpu: float
    resident: int


class Process:
    """A context: the process runs until its end, or until the block's."""

    def __init__(self, command: list[str], environment: dict[str, str], log: pathlib.Path):
        self._command = command
        self._environment = environment
        self.log = log

    def __enter__(self) -> "Process":
        with self.log.open("wb") as log:
            self.started = time.monotonic_ns()
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self

    def __exit__(self, *_) -> None:
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
            os.waitpid(self._process.pid, 0)
            self._process.returncode = -signal.SIGKILL

    def alive(self) -> bool:
        return not os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)

    def require_alive(self) -> None:
        if not self.alive():
            raise Broken(f"{self._command[0]} has ended by itself; see {self.log}")

    def cost(self, until: int) -> Cost:
        """From the start to that moment of the monotonic clock; processor time and memory are as of now."""
        # The second field is the command in parentheses, which may hold blanks; user and system time are 14th and 15th.
        fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        cpu = (int(fields[11]) + int(fields[12])) / _TICKS
        return Cost((until - self.started) / 1e9, cpu, self._resident())

    def end(self) -> Cost:
        """Waits for the process to end by itself, well."""
        resident = 0
        ended = os.pidfd_open(self._process.pid)
        try:
            watch = select.poll()
            watch.register(ended, select.POLLIN)
            # What the kernel tells after the end, ru_maxrss, is no less than the largest memory of this process here.
            while not watch.poll(_SAMPLE):
                resident = max(resident, self._resident())
        finally:
            os.close(ended)
        _, status, usage = os.wait4(self._process.pid, 0)
        wall = (time.monotonic_ns() - self.started) / 1e9
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.returncode != 0:
            raise Broken(f"{self._command[0]} ended with {self._process.returncode}; see {self.log}")
        return Cost(wall, usage.ru_utime + usage.ru_stime, resident)

    def _resident(self) -> int:
        """The largest memory so far, in bytes; 0 once the process has ended."""
        peak = re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{self._process.pid}/status").read_text())
        return int(peak[1]) * 1024 if peak else 0

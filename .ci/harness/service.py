"""The packaged service as an operator runs it: one process, told where everything is by its environment."""

import functools
import os
import pathlib
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from harness.outcome import Failed
from harness.stage import Stage

ROOT = pathlib.Path(__file__).resolve().parents[2]
JAR = ROOT / "target/quarkus-app/quarkus-run.jar"
LOGS = ROOT / "target/ci"
READY_WITHIN = 120
# Options for many short lives on few cores: a start takes half the time.
LEAN = ("-Xmx256m", "-XX:TieredStopAtLevel=1")

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@functools.cache
def java() -> str:
    """The `java` of the JDK that the build took."""
    version = subprocess.run(
        [ROOT / "mvnw", "-v"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"runtime: (.+)", re.sub(r"\x1b\[[0-9;]*m", "", version))
    if not found:
        raise RuntimeError(f"Cannot find the build's JDK: ./mvnw -v says\n{version}")
    return f"{found[1].strip()}/bin/java"


@functools.cache
def _assembled() -> pathlib.Path:
    environment = os.environ | {"JAVA_HOME": str(pathlib.Path(java()).parents[1])}
    told = subprocess.run(
        [ROOT / "image/local.sh"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, text=True
    )
    return pathlib.Path(told.stdout.strip())


def packaged(*options: str) -> list[str]:
    """The command line of the packaged service as its image has it, with these options of Java or lean ones.

    By its AOT cache a start takes half of what `java -jar` does.
    """
    folder = _assembled()
    return [f"{folder}/runtime/bin/java", *(options or LEAN), f"@{folder}/service/java.args"]


class Service:
    """A context: the service runs from its start to its end, and no process is left behind."""

    # Set by --service: a command that starts the service in some other way than the packaged one.
    command: str | None = None

    def __init__(self, stage: Stage, *options: str, environment: dict[str, str] | None = None):
        self._stage = stage
        self._options = options
        self._given = environment or {}
        self._process: subprocess.Popen | None = None
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{stage.name}.log"
        self.log.write_bytes(b"")

    def __enter__(self) -> "Service":
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        if self._process and self._process.poll() is None:
            self.kill()

    def start(self) -> None:
        self.launch()
        deadline = time.monotonic() + READY_WITHIN
        while self.health("ready") != 200:
            if not self.alive():
                raise Failed(f"the service ended at its start, exit code {self._process.returncode}")
            if time.monotonic() > deadline:
                raise Failed(f"the service was not ready within {READY_WITHIN} s")
            time.sleep(0.1)

    def launch(self) -> None:
        """Starts the service without waiting for it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if self.command:
            line = shlex.split(self.command)
        else:
            line = packaged(*self._options)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                line, env=self._environment(), cwd=LOGS, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def _environment(self) -> dict[str, str]:
        # Nothing of the caller's own settings reaches the service.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WINNOW_", "QUARKUS_"))}
        return kept | {
            "WINNOW_BUCKET": self._stage.bucket,
            "WINNOW_QUEUE": self._stage.queue,
            "WINNOW_DEAD_LETTER_QUEUE": self._stage.dead_letter_queue,
            "QUARKUS_HTTP_HOST": "127.0.0.1",
            "QUARKUS_HTTP_PORT": str(self.port),
            **self._given,
        }

    def health(self, of: str) -> int:
        """The HTTP status of `live` or `ready`; 0 when nothing answers."""
        try:
            return _direct.open(f"http://127.0.0.1:{self.port}/q/health/{of}", timeout=5).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._process.poll()

    def kill(self) -> None:
        """kill -9: nothing is finished, nothing released."""
        self._process.kill()
        self._process.wait()

    def halt(self) -> None:
        """SIGSTOP: the process stands still, and knows nothing of it when it goes on."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def terminate(self, within: float) -> float:
        """SIGTERM; the seconds until the process ended, which it must within this time."""
        begin = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            raise Failed(f"the service was still there {within:.0f} s after SIGTERM") from None
        return time.monotonic() - begin

"""The service as a container, as restricted as a platform may run it."""

import json
import os
import pathlib
import socket
import subprocess
import time

from harness.outcome import Failed
from harness.service import Service
from harness.stage import Stage

# The lab knows how podman runs on this machine.
_PODMAN = ("bash", "-c", '. "$WINNOW_LAB_SOURCE/oci/env.sh" && "$@"', "-")
ANYBODY = "4711:0"
MEMORY = "512m"


def podman(*arguments: str, of: str = "lab_podman") -> str:
    """What podman says; it fails with what podman says of its failure."""
    done = subprocess.run([*_PODMAN, of, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"podman {arguments[0]}: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


class Container(Service):
    """A user whom nobody knows, no capability, nothing to write to, little memory."""

    def __init__(
        self,
        image: str,
        stage: Stage,
        *arguments: str,
        user: str | None = ANYBODY,
        java: str = "",
        mounts: tuple[str, ...] = (),
        environment: dict[str, str] | None = None,
    ):
        super().__init__(stage, environment=environment)
        self._image = image
        self._arguments = arguments
        self._user = ("--user", user) if user else ()
        self._java = {"JDK_JAVA_OPTIONS": java} if java else {}
        self._mounts = [word for mount in mounts for word in ("--volume", mount)]
        self._id = ""

    def launch(self) -> None:
        self.port = _free_port()
        aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
        own = {name: value for name, value in self._environment().items() if name.startswith(("WINNOW_", "QUARKUS_"))}
        settings = aws | own | self._given | self._java
        self._id = podman(
            "--detach", "--network", "host", "--read-only", "--read-only-tmpfs=false", "--memory", MEMORY,
            "--cap-drop", "all", "--security-opt", "no-new-privileges", *self._user, *self._mounts,
            *(f"--env={name}={value}" for name, value in settings.items()), self._image, *self._arguments,
            of="lab_podman_run",
        )  # fmt: skip

    def start(self) -> None:
        begin = time.monotonic()
        super().start()
        self.ready_after = time.monotonic() - begin

    def _state(self) -> dict:
        return json.loads(podman("inspect", self._id))[0]["State"]

    @property
    def pid(self) -> int:
        return self._state()["Pid"]

    def alive(self) -> bool:
        running = self._state()["Running"]
        self.keep_log()
        return running

    @property
    def exit_code(self) -> int | None:
        state = self._state()
        return None if state["Running"] else state["ExitCode"]

    def keep_log(self) -> None:
        said = subprocess.run([*_PODMAN, "lab_podman", "logs", self._id], stdin=subprocess.DEVNULL, capture_output=True)
        self.log.write_bytes(said.stdout + said.stderr)

    def peak(self) -> int:
        """The peak resident set of its process, in bytes."""
        lines = pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def processor_time(self) -> float:
        """The seconds of processor time that it has taken, however busy the machine is besides."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def terminate(self, within: float) -> float:
        begin = time.monotonic()
        podman("kill", "--signal", "TERM", self._id)
        while self._state()["Running"]:
            if time.monotonic() - begin > within:
                raise Failed(f"the container was still there {within:.0f} s after SIGTERM")
            time.sleep(0.1)
        seconds = time.monotonic() - begin
        self.keep_log()
        return seconds

    def __exit__(self, *_) -> None:
        if self._id:
            self.keep_log()
            podman("rm", "--force", self._id)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]

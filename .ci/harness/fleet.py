"""What kubelets do, where kwok only pretends: each pod of the Deployment is a process of the packaged service."""

import base64
import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

from harness.cluster import Cluster
from harness.service import LOGS, packaged

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclasses.dataclass
class Running:
    """A pod's process."""

    pod: str
    process: subprocess.Popen
    port: int
    probes: list[str]
    grace: int
    begin: float
    ready_after: float | None = None

    def ask(self, path: str) -> bytes | None:
        """What it answers at this path with status 200, or nothing."""
        try:
            return _direct.open(f"http://127.0.0.1:{self.port}{path}", timeout=5).read()
        except (urllib.error.HTTPError, OSError):
            return None

    def in_hand(self) -> int:
        """How many messages it holds, by its readiness check."""
        answer = self.ask("/q/health/ready")
        checks = json.loads(answer)["checks"] if answer else []
        return sum(check.get("data", {}).get("messagesInHand", 0) for check in checks)


@dataclasses.dataclass(frozen=True)
class Stopped:
    """How a pod's process ended after its SIGTERM."""

    in_hand: int
    seconds: float
    killed: bool


def environment_of(cluster: Cluster, namespace: str, container: dict) -> dict[str, str]:
    """What the container finds in its environment: what its envFrom comes to, and no setting of this process."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    for source in container["envFrom"]:
        ((field, reference),) = source.items()
        kind = {"configMapRef": "configmaps", "secretRef": "secrets"}[field]
        found = cluster.get(f"/api/v1/namespaces/{namespace}/{kind}/{reference['name']}")
        for name, value in found.get("data", {}).items():
            environment[name] = value if kind == "configmaps" else base64.b64decode(value).decode()
    return environment


class Fleet:
    """A context: processes come and go with the pods that the API server has, and none is left behind.

    Each gets the environment that its pod has in the cluster and nothing else, except for a port of its own and, with
    two cores for all of them, options for a cheap start. A pod that goes means SIGTERM, and SIGKILL after its grace
    period.
    """

    def __init__(self, cluster: Cluster, namespace: str):
        self._cluster = cluster
        self._namespace = namespace
        self._service = packaged()
        self._running: dict[str, Running] = {}
        self._ending: list[threading.Thread] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._begin = time.monotonic()
        self.problems: list[str] = []
        self.started: list[Running] = []
        self.stopped: list[Stopped] = []
        # When the Deployment's replica count changed, and how many processes there were.
        self.history: list[tuple[float, int, int]] = []
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{namespace}.log"
        self.log.write_bytes(b"")

    def __enter__(self) -> "Fleet":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._thread.join()
        for running in self.started:
            with contextlib.suppress(ProcessLookupError):
                running.process.kill()
        for ending in self._ending:
            ending.join()
        for running in self.started:
            running.process.wait()

    def alive(self) -> bool:
        return not self.problems

    @property
    def size(self) -> int:
        return len(self._running)

    def _follow(self) -> None:
        while not self._over.is_set():
            try:
                self._look()
            except Exception as unexpected:
                self.problems.append(f"cannot follow the cluster: {unexpected!r}")
                return
            self._over.wait(0.5)

    def _look(self) -> None:
        replicas = self._cluster.deployment(self._namespace)["spec"]["replicas"]
        pods = {pod["metadata"]["name"]: pod for pod in self._cluster.pods(self._namespace)}
        for name in pods.keys() - self._running.keys():
            self._running[name] = self._start(name, pods[name])
        for name in self._running.keys() - pods.keys():
            ending = threading.Thread(target=self._stop, args=(self._running.pop(name),))
            ending.start()
            self._ending.append(ending)
        for running in self._running.values():
            self._probe(running)
        if not self.history or self.history[-1][1] != replicas:
            self.history.append((time.monotonic() - self._begin, replicas, self.size))

    def _start(self, name: str, pod: dict) -> Running:
        container = pod["spec"]["containers"][0]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        own = {"QUARKUS_HTTP_HOST": "127.0.0.1", "QUARKUS_HTTP_PORT": str(port)}
        command = [*self._service, *container.get("args", [])]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command,
                env=environment_of(self._cluster, self._namespace, container) | own,
                cwd=LOGS,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        probes = [container[probe]["httpGet"]["path"] for probe in PROBES]
        grace = pod["spec"]["terminationGracePeriodSeconds"]
        self.started.append(Running(name, process, port, probes, grace, time.monotonic()))
        return self.started[-1]

    def _probe(self, running: Running) -> None:
        if running.process.poll() is not None:
            self.problems.append(f"{running.pod} ended by itself, exit code {running.process.returncode}")
        elif running.ready_after is None and all(running.ask(path) is not None for path in running.probes):
            running.ready_after = time.monotonic() - running.begin

    def _stop(self, running: Running) -> None:
        in_hand = running.in_hand()
        begin = time.monotonic()
        running.process.terminate()
        killed = False
        try:
            running.process.wait(running.grace)
        except subprocess.TimeoutExpired:
            running.process.kill()
            killed = True
        self.stopped.append(Stopped(in_hand, time.monotonic() - begin, killed))

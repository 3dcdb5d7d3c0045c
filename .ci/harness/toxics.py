"""toxiproxy before S3 and SQS: what can go wrong below HTTP."""

import contextlib
import json
import socket
import subprocess
import urllib.request
from collections.abc import Iterator

from harness.outcome import Skipped, until
from harness.service import LOGS, ROOT

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Link:
    """One way to one upstream: a toxiproxy process of its own, gone at the end of this context."""

    def __init__(self, upstream: str):
        self._upstream = upstream
        self._names = 0

    def __enter__(self) -> "Link":
        found = subprocess.run([ROOT / ".ci/toxiproxy.sh"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if found.returncode:
            raise Skipped(found.stderr.strip().splitlines()[-1])
        LOGS.mkdir(parents=True, exist_ok=True)
        self._api = f"http://127.0.0.1:{_free_port()}"
        with (LOGS / "toxiproxy.log").open("ab") as log:
            self._process = subprocess.Popen(
                [found.stdout.strip(), "-host", "127.0.0.1", "-port", self._api.rpartition(":")[2]],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        listen = f"127.0.0.1:{_free_port()}"
        proxy = {"name": "link", "listen": listen, "upstream": self._upstream, "enabled": True}
        try:
            until("toxiproxy answers", 30, self._answers, every=0.1)
            self._ask("POST", "/proxies", proxy)
        except BaseException:
            self.__exit__()
            raise
        self.url = f"http://{listen}"
        return self

    def __exit__(self, *_) -> None:
        self._process.kill()
        self._process.wait()

    @contextlib.contextmanager
    def refused(self) -> Iterator[None]:
        """Connections break, and new ones are refused."""
        self._ask("POST", "/proxies/link", {"enabled": False})
        try:
            yield
        finally:
            self._ask("POST", "/proxies/link", {"enabled": True})

    @contextlib.contextmanager
    def toxic(self, kind: str, stream: str, toxicity: float = 1.0, **attributes: int) -> Iterator[None]:
        """A toxic of toxiproxy's on every connection, or on a share of them; `stream` is downstream or upstream."""
        self._names += 1
        name = f"{kind}-{self._names}"
        body = {"name": name, "type": kind, "stream": stream, "toxicity": toxicity, "attributes": attributes}
        self._ask("POST", "/proxies/link/toxics", body)
        try:
            yield
        finally:
            self._ask("DELETE", f"/proxies/link/toxics/{name}")

    def _answers(self) -> bool:
        try:
            self._ask("GET", "/version")
        except OSError:
            return False
        return True

    def _ask(self, method: str, path: str, body: dict | None = None) -> None:
        # toxiproxy turns browsers away, by their name.
        headers = {"Content-Type": "application/json", "User-Agent": "winnow"}
        content = json.dumps(body).encode() if body is not None else None
        _direct.open(urllib.request.Request(self._api + path, content, headers, method=method), timeout=60).read()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]

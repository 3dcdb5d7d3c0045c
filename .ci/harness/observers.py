"""Those who watch the service: a Prometheus that scrapes it, and an OpenTelemetry collector that it sends traces to."""

import contextlib
import http.server
import json
import pathlib
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

from harness.outcome import Failed, until

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def process(command: list[str], log: pathlib.Path) -> Iterator[subprocess.Popen]:
    """A process that is gone, in whatever state it is, when its context ends."""
    with log.open("wb") as out:
        running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


class Prometheus:
    """A context: Prometheus scrapes one service every second and evaluates the rules."""

    def __init__(self, folder: str, rules: pathlib.Path, target: int, work: pathlib.Path):
        self._folder = folder
        self._port = free_port()
        self._work = work
        self._context = contextlib.ExitStack()
        (work / "prometheus.yaml").write_text(
            json.dumps(
                {
                    "global": {"scrape_interval": "1s", "evaluation_interval": "2s"},
                    "rule_files": [str(rules)],
                    "scrape_configs": [
                        {
                            "job_name": "winnow",
                            "metrics_path": "/q/metrics",
                            "static_configs": [{"targets": [f"127.0.0.1:{target}"]}],
                        }
                    ],
                }
            )
        )

    def __enter__(self) -> "Prometheus":
        command = [
            f"{self._folder}/prometheus",
            f"--config.file={self._work / 'prometheus.yaml'}",
            f"--storage.tsdb.path={self._work / 'prometheus'}",
            f"--web.listen-address=127.0.0.1:{self._port}",
        ]
        self._context.enter_context(process(command, self._work / "prometheus.log"))
        try:
            until("Prometheus is ready", 60, self._ready)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._context.close()

    def _ready(self) -> bool:
        try:
            return _direct.open(f"http://127.0.0.1:{self._port}/-/ready", timeout=5).status == 200
        except OSError:
            return False

    def query(self, expression: str) -> list[dict]:
        """The series of an instant query; an error ends the proof."""
        answer = self._get("query", query=expression)
        return answer["result"]

    def rules(self) -> list[dict]:
        return [rule for group in self._get("rules")["groups"] for rule in group["rules"]]

    def _get(self, path: str, **parameters: str) -> dict:
        url = f"http://127.0.0.1:{self._port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            answer = json.load(_direct.open(url, timeout=10))
        except urllib.error.HTTPError as refused:
            raise Failed(f"{parameters}: {refused.read().decode()}") from None
        return answer["data"]


class Collector:
    """A context: an OpenTelemetry collector, and what it passes on."""

    def __init__(self, binary: str, work: pathlib.Path):
        self._binary = binary
        self._work = work
        self._context = contextlib.ExitStack()
        self._port = free_port()
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self.bodies: list[bytes] = []

    def __enter__(self) -> "Collector":
        bodies = self.bodies

        class Sink(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_) -> None:
                pass

        sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        self._context.callback(sink.server_close)
        self._context.callback(sink.shutdown)
        config = self._work / "otelcol.yaml"
        config.write_text(
            json.dumps(
                {
                    "receivers": {"otlp": {"protocols": {"http": {"endpoint": f"127.0.0.1:{self._port}"}}}},
                    "exporters": {
                        "otlp_http": {
                            "endpoint": f"http://127.0.0.1:{sink.server_address[1]}",
                            "encoding": "json",
                            "compression": "none",
                            "sending_queue": {"enabled": False},
                        }
                    },
                    "service": {
                        "telemetry": {"metrics": {"level": "none"}},
                        "pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["otlp_http"]}},
                    },
                }
            )
        )
        self._running = self._context.enter_context(
            process([self._binary, "--config", f"file:{config}"], self._work / "otelcol.log")
        )
        until("the collector listens", 60, self._listens)
        return self

    def __exit__(self, *_) -> None:
        self._context.close()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0

    def halt(self) -> None:
        """It stands still: connections are taken and nobody answers."""
        self._running.send_signal(signal.SIGSTOP)

    def spans(self) -> list[dict]:
        found = []
        for body in list(self.bodies):
            for resource in json.loads(body).get("resourceSpans", []):
                for scope in resource["scopeSpans"]:
                    found.extend(scope["spans"])
        return found


def attributes(span: dict) -> dict[str, str]:
    return {item["key"]: str(next(iter(item["value"].values()), "")) for item in span.get("attributes", [])}

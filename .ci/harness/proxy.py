"""An HTTP proxy of the harness's own before S3 and SQS: it answers chosen calls as AWS answers them on a bad day.

Without rules it passes every call on. Everything it does is counted, so that a case can show that its fault was met.
"""

import contextlib
import dataclasses
import datetime
import email.utils
import http.client
import http.server
import json
import os
import socket
import struct
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterator

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection", "expect"}


@dataclasses.dataclass(frozen=True)
class Call:
    """One request, told by the operation it asks for, such as `UploadPart` or `ReceiveMessage`."""

    operation: str
    key: str
    headers: http.client.HTTPMessage

    @property
    def is_sqs(self) -> bool:
        return "X-Amz-Target" in self.headers


@dataclasses.dataclass(frozen=True)
class Answer:
    """Answers in the place of AWS, which never hears of the call."""

    status: int
    body: bytes = b""
    content_type: str = "application/xml"


@dataclasses.dataclass(frozen=True)
class BatchRefused:
    """Answers an SQS batch with 200 and every entry refused for this reason."""

    code: str
    message: str


@dataclasses.dataclass(frozen=True)
class LoseReply:
    """AWS does what it is asked, and the connection is reset before its answer arrives."""


@dataclasses.dataclass(frozen=True)
class ResetDownload:
    """The connection is reset in the middle of the answer's body."""


@dataclasses.dataclass(frozen=True)
class ResetUpload:
    """The connection is reset in the middle of the request's body, which AWS never sees."""


@dataclasses.dataclass(frozen=True)
class Hold:
    """The call is passed on only when this event is set."""

    until: threading.Event


@dataclasses.dataclass(frozen=True)
class Swallow:
    """AWS never hears of the call; the connection is reset when this event is set."""

    until: threading.Event


Act = Answer | BatchRefused | LoseReply | ResetDownload | ResetUpload | Hold | Swallow


def s3_error(status: int, code: str, message: str) -> Answer:
    return Answer(
        status,
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message>'
        "<RequestId>4442587FB7D0A2F9</RequestId><HostId>aGFybmVzcw==</HostId></Error>".encode(),
    )


def sqs_error(status: int, code: str, message: str) -> Answer:
    body = json.dumps({"__type": f"com.amazonaws.sqs#{code}", "message": message})
    return Answer(status, body.encode(), "application/x-amz-json-1.0")


@dataclasses.dataclass
class Rule:
    """What becomes of the calls that match; of these, every n-th. The hits are how often it was done."""

    matches: Callable[[Call], bool]
    act: Act
    every: int = 1
    matched: int = 0
    hits: int = 0


class Proxy:
    """A context: listens on a free port of 127.0.0.1 from its start to its end.

    With an offset AWS's clock is ahead of this machine's: its answers are dated so, and so are its objects.
    """

    def __init__(self, upstream: str, offset: datetime.timedelta = datetime.timedelta()):
        self._upstream = urllib.parse.urlsplit(upstream)
        self._offset = offset
        self._rules: list[Rule] = []
        self._lock = threading.Lock()
        self.calls: Counter[str] = Counter()
        self.sources = 0
        self.resumed = 0
        self._under_way = 0

    def __enter__(self) -> "Proxy":
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"proxy": self}))
        self.address = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.address}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    @contextlib.contextmanager
    def rule(self, matches: Callable[[Call], bool], act: Act, every: int = 1) -> Iterator[Rule]:
        rule = Rule(matches, act, every)
        with self._lock:
            self._rules.append(rule)
        try:
            yield rule
        finally:
            with self._lock:
                self._rules.remove(rule)

    def now(self) -> datetime.datetime:
        """The time by AWS's clock."""
        return datetime.datetime.now(datetime.UTC) + self._offset

    def dated(self, headers: dict[str, str]) -> dict[str, str]:
        """An answer's headers with every date by AWS's clock."""
        dates = {
            name: email.utils.format_datetime(email.utils.parsedate_to_datetime(value) + self._offset, usegmt=True)
            for name, value in headers.items()
            if name.lower() == "last-modified"
        }
        others = {name: value for name, value in headers.items() if name.lower() not in ("date", "last-modified")}
        return others | dates | {"Date": email.utils.format_datetime(self.now(), usegmt=True)}

    def act(self, call: Call) -> Act | None:
        with self._lock:
            self.calls[call.operation] += 1
            if call.operation == "GetObject" and call.key.startswith("incoming/"):
                self.sources += 1
            # A download that goes on after a break asks for the rest.
            if call.operation == "GetObject" and "Range" in call.headers:
                self.resumed += 1
            for rule in self._rules:
                if rule.matches(call):
                    rule.matched += 1
                    if rule.matched % rule.every == 0:
                        rule.hits += 1
                        return rule.act
        return None

    def is_idle(self) -> bool:
        """Whether S3 has no call under way; polls of the queue do not count."""
        return self._under_way == 0

    def forward(self, handler: "_Handler", body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        counts = "X-Amz-Target" not in handler.headers
        with self._lock:
            self._under_way += counts
        try:
            return self._forward(handler, body)
        finally:
            with self._lock:
                self._under_way -= counts

    def _forward(self, handler: "_Handler", body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(self._upstream.hostname, self._upstream.port, timeout=120)
        try:
            connection.putrequest(handler.command, handler.path, skip_host=True, skip_accept_encoding=True)
            for name, value in handler.headers.items():
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    connection.putheader(name, value)
            if body or "Content-Length" in handler.headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_) -> None:
        """The service gives a connection up, or the case is over: both are none of the proxy's concern."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    proxy: Proxy

    def handle_expect_100(self) -> bool:
        return True  # sent when the body is wanted

    def _handle(self) -> None:
        call = self._call()
        act = self.proxy.act(call)
        if isinstance(act, ResetUpload):
            self._continue()
            self.rfile.read(int(self.headers.get("Content-Length", 0)) // 2)
            self._reset()
            return
        self._continue()
        body = self._body()
        match act:
            case Answer(status, answer, content_type):
                self._answer(status, {"Content-Type": content_type}, answer)
                return
            case BatchRefused(code, message):
                entries = json.loads(body)["Entries"]
                failed = [{"Id": e["Id"], "SenderFault": True, "Code": code, "Message": message} for e in entries]
                answer = json.dumps({"Successful": [], "Failed": failed}).encode()
                self._answer(200, {"Content-Type": "application/x-amz-json-1.0"}, answer)
                return
            case Hold(until):
                until.wait()
            case Swallow(until):
                until.wait()
                self._reset()
                return
        answer, content = self.proxy.forward(self, body)
        if isinstance(act, LoseReply):
            self._reset()
            return
        headers = {name: value for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP}
        if isinstance(act, ResetDownload) and len(content) > 1:
            self._head(answer.status, headers, content)
            self.wfile.write(content[: len(content) // 2])
            self._reset()
        else:
            self._answer(answer.status, headers, content)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _handle  # noqa: N815

    def _call(self) -> Call:
        target = self.headers.get("X-Amz-Target")
        if target:
            return Call(target.rpartition(".")[2], "", self.headers)
        url = urllib.parse.urlsplit(self.path)
        key = urllib.parse.unquote(url.path).lstrip("/").partition("/")[2]
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        return Call(_operation(self.command, key, query, "x-amz-copy-source" in self.headers), key, self.headers)

    def _continue(self) -> None:
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _head(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in self.proxy.dated(headers).items():
            if name.lower() != "content-length" or self.command == "HEAD":
                self.send_header(name, value)
        if self.command != "HEAD" and status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._head(status, headers, body)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _reset(self) -> None:
        """Ends the connection by RST instead of FIN."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def log_message(self, *_) -> None:
        """Nothing: a case says itself what it did."""


def _operation(method: str, key: str, query: dict[str, str], copies: bool) -> str:
    if not key:
        return f"{method} bucket"
    match method:
        case "PUT" if "partNumber" in query:
            return "UploadPartCopy" if copies else "UploadPart"
        case "PUT":
            return "CopyObject" if copies else "PutObject"
        case "POST":
            return "CreateMultipartUpload" if "uploads" in query else "CompleteMultipartUpload"
        case "DELETE":
            return "AbortMultipartUpload" if "uploadId" in query else "DeleteObject"
        case _:
            return {"GET": "GetObject", "HEAD": "HeadObject"}[method]

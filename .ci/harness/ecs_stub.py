"""A stand-in for as much of ECS as runs one task: RunTask, DescribeTasks, ListTasks, on loopback."""

import http.server
import json
import threading

TARGET = "AmazonEC2ContainerServiceV20141113."


class EcsStub:
    """A context: each task runs for one look at it, then it has stopped with the given exit code."""

    def __init__(self, exit_code: int, container: str = "winnow"):
        self.exit_code = exit_code
        self.container = container
        self.ran: list[dict] = []
        self._looks = 0
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                name = self.headers.get("X-Amz-Target", "").removeprefix(TARGET)
                answer = json.dumps(stub.answer(name, body)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/x-amz-json-1.1")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "EcsStub":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, name: str, body: dict) -> dict:
        match name:
            case "ListTasks":
                return {"taskArns": []}
            case "RunTask":
                self.ran.append(body)
                self._looks = 0
                return {"tasks": [self._task("PROVISIONING")], "failures": []}
            case "DescribeTasks":
                self._looks += 1
                return {"tasks": [self._task("RUNNING" if self._looks == 1 else "STOPPED")], "failures": []}
        raise ValueError(f"Cannot answer {name}: the stub knows no such call")

    def _task(self, status: str) -> dict:
        container = {"name": self.container, "lastStatus": status}
        if status == "STOPPED":
            container["exitCode"] = self.exit_code
        arn = f"arn:aws:ecs:us-east-1:000000000000:task/winnow/{len(self.ran):032x}"
        return {"taskArn": arn, "lastStatus": status, "desiredStatus": "STOPPED", "containers": [container]}

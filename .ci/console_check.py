"""The console of the packaged service in a real browser: what .ci/console-check starts beside a LocalStack."""

import argparse
import http.server
import json
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import sys
import threading

from harness.admin import users
from harness.outcome import Failed
from harness.service import JAR, Service
from harness.stage import Dropped, Stage, each, s3

CROWD = 10_000
DETAIL = {
    "exhausted": "Cannot read the object: S3 answers SlowDown",
    "csv.malformed": "Cannot read the file as CSV: a quote is never closed",
    "header.missing": "Cannot find the required columns in the first row: missing mobile_no",
}
ROWS = b"name,email,date_of_birth,mobile_no\nAda Byron,ada@example.com,1985-12-10,81234567\n"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("only", nargs="*", help="scenarios whose file or name holds one of these words")
    arguments.add_argument("--node", required=True, help="the folder of check.mjs beside its packages")
    arguments.add_argument("--chromium", required=True)
    arguments.add_argument("--screenshots", help="a folder for pictures of the pages")
    chosen = arguments.parse_args()
    if not JAR.is_file():
        print(f"Cannot try the console: there is no {JAR}; ./mvnw package makes it", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    passwords = {name: secrets.token_hex(12) for name in ("operator", "viewer")}
    settings = {name: value for user, word in passwords.items() for name, value in users(user, word, user).items()}
    settings |= {"MP_MESSAGING_INCOMING_FILES_WAIT_TIME_SECONDS": "1", "WINNOW_ADMIN_VALIDATION_PER_MINUTE": "1000"}
    try:
        stage, crowded = Stage("console").by_s3(), Stage("crowded")
        open_to_pages(stage)
        crowd = threading.Thread(target=lambda: give_up_crowd(crowded))
        crowd.start()
        with Service(stage, environment=settings) as service, Helper(stage) as helper:
            # One beside the first at the same bucket and queue, and one with a crowd of dead letters.
            with (
                Service(stage, environment=settings) as twin,
                Service(crowded, environment=settings) as second,
            ):
                environment = os.environ | {
                    "WINNOW_CONSOLE": f"http://127.0.0.1:{service.port}",
                    "WINNOW_TWIN": f"http://127.0.0.1:{twin.port}",
                    "WINNOW_CROWDED": f"http://127.0.0.1:{second.port}",
                    "WINNOW_PID": str(service.pid),
                    "WINNOW_HELPER": f"http://127.0.0.1:{helper.port}",
                    "WINNOW_OPERATOR": passwords["operator"],
                    "WINNOW_VIEWER": passwords["viewer"],
                    "WINNOW_CHROMIUM": chosen.chromium,
                    "WINNOW_DEBUG_PORT": str(free_port()),
                }
                if chosen.screenshots:
                    environment["WINNOW_SCREENSHOTS"] = str(pathlib.Path(chosen.screenshots).resolve())
                environment = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
                status = subprocess.run(
                    ["node", "check.mjs", *chosen.only], cwd=chosen.node, env=environment, stdin=subprocess.DEVNULL
                ).returncode
                crowd.join()
        return status
    except Failed as failure:
        print(f"FAIL the console: {failure}")
        return 1


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def open_to_pages(stage: Stage) -> None:
    """The bucket's CORS rules, as docs/console.md has them."""
    rule = {
        "AllowedOrigins": ["*"],
        "AllowedMethods": ["PUT"],
        "AllowedHeaders": ["content-type", "if-none-match"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 300,
    }
    s3.put_bucket_cors(Bucket=stage.bucket, CORSConfiguration={"CORSRules": [rule]})


def entry(file: Dropped, reason: str, minute: int) -> bytes:
    """A dead-letter entry as the service writes one."""
    at = f"2026-11-24T{minute // 60 % 24:02d}:{minute % 60:02d}:00Z"
    return json.dumps(
        {
            "schema": 1,
            "id": file.file_id,
            "fileId": file.file_id,
            "dataset": "membership",
            "bucket": file.bucket,
            "key": file.key,
            "eTag": file.etag,
            "size": len(file.body),
            "reason": reason,
            "detail": DETAIL[reason],
            "messageId": f"message-{file.file_id}",
            "receiveCount": 5,
            "redrives": 0,
            "firstAt": at,
            "at": at,
        }
    ).encode()


def give_up(file: Dropped, reason: str, minute: int) -> None:
    key = f"dead-letters/membership/{file.file_id}.json"
    s3.put_object(Bucket=file.bucket, Key=key, Body=entry(file, reason, minute))


def give_up_crowd(stage: Stage) -> None:
    """Entries alone: nobody looks at their sources."""

    def one(number: int) -> None:
        file = Dropped(stage.bucket, f"incoming/membership/crowd-{number:05d}.csv", ROWS, f"{number:032x}")
        give_up(file, "header.missing" if number % 10 else "csv.malformed", number)

    each(one, range(CROWD))


class Helper:
    """A context: drops files for the browser's scenarios, which have no AWS client."""

    def __init__(self, stage: Stage):
        helper = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                stage.drop(self.path.removeprefix("/"), self.rfile.read(int(self.headers["Content-Length"] or 0)))
                self.answer()

            def do_POST(self) -> None:
                _, _, reason, files, name = self.path.split("/")
                helper.seed(reason, int(files), name)
                self.answer()

            def answer(self) -> None:
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_) -> None:
                pass

        self._stage = stage
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]

    def __enter__(self) -> "Helper":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()

    def seed(self, reason: str, files: int, name: str) -> None:
        """Files that were given up though nothing is the matter with them any more, and that no event announces."""
        bucket = self._stage.bucket
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
        for number in range(files):
            give_up(self._stage.drop(f"incoming/membership/{name}-{number:02d}.csv", ROWS), reason, number)
        self._stage.by_s3()


if __name__ == "__main__":
    sys.exit(main())

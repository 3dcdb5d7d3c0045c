"""A client of the admin calls, as an operator has one: by HTTP, with a name and a password, and nothing else."""

import base64
import contextlib
import dataclasses
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request

from harness.outcome import Failed, until
from harness.service import Service

METHODS = ("get", "post", "put", "patch", "delete")
NAME = "olga"
# Nobody's: no credentials, the default ones of dev mode, what people try first, and a form without content.
STRANGERS = (None, "operator:winnow", "admin:admin", ":")

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def users(name: str = NAME, password: str | None = None, role: str = "operator") -> dict[str, str]:
    """The environment that lets one user in."""
    user = f"WINNOW_ADMIN_USERS_{name.upper()}"
    return {f"{user}_PASSWORD": password or secrets.token_hex(12), f"{user}_ROLE": role}


@dataclasses.dataclass(frozen=True)
class Answered:
    """An answer's status, and its body as JSON."""

    status: int
    body: dict | list


class Operator:
    """Someone who makes admin calls of a service."""

    def __init__(self, service: Service, environment: dict[str, str], name: str = NAME):
        self._service = service
        self._authorization = _basic(f"{name}:{environment[f'WINNOW_ADMIN_USERS_{name.upper()}_PASSWORD']}")

    @property
    def headers(self) -> dict[str, str]:
        return self._authorization

    def get(self, path: str, **query: str | int) -> dict | list:
        return self._wanted("GET", path, 200, query=query).body

    def post(self, path: str, body: dict | None = None, wanted: int = 202, key: str = "", **query: str) -> dict:
        """Makes a call that changes something; the key is its Idempotency-Key."""
        return self._wanted("POST", path, wanted, body or {}, {"Idempotency-Key": key} if key else {}, query).body

    def delete(self, path: str, **query: str) -> dict:
        return self._wanted("DELETE", path, 200, query=query).body

    def _wanted(self, method: str, path: str, wanted: int, body=None, headers=None, query=None) -> Answered:
        answered = self.call(method, path, body, headers, query)
        if answered.status != wanted:
            call = f"{method} {path} {query or ''}"
            raise Failed(f"{call} answers {answered.status} instead of {wanted}: {answered.body}")
        return answered

    def call(self, method: str, path: str, body=None, headers=None, query=None) -> Answered:
        """Makes any call, whatever its answer."""
        headers = self._authorization | (headers or {})
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(
            f"{base(self._service)}{path}{'?' if query else ''}{urllib.parse.urlencode(query or {})}",
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with _direct.open(request, timeout=60) as answer:
                return Answered(answer.status, json.load(answer))
        except urllib.error.HTTPError as refused:
            return Answered(refused.code, json.load(refused))

    # What an operator does with them.

    def letters(self, **query: str | int) -> list[dict]:
        """All dead letters that match, page by page."""
        letters: list[dict] = []
        while True:
            page = self.get("/admin/dead-letters", **query)
            letters += page["deadLetters"]
            if "next" not in page:
                return letters
            query["cursor"] = page["next"]

    def reasons(self) -> dict[str, int]:
        """How many dead letters there are, by reason."""
        return self.get("/admin/dead-letters")["reasons"]

    def redrive(self, key: str = "", **which) -> dict:
        """Orders a redrive."""
        return self.post("/admin/dead-letters/redrive", which, key=key)

    def dry_run(self, **which) -> dict[str, int]:
        """What a redrive would send."""
        told = self.post("/admin/dead-letters/redrive", {**which, "dryRun": True}, wanted=200)
        return {name: told[name] for name in ("matched", "overBudget", "underWay", "left")}

    def done(self, redrive_id: str, within: float) -> dict:
        """Waits until a redrive is at its end, and returns how it ended."""
        progress = {}

        def is_done() -> bool:
            # A service that was killed is not there to be asked.
            with contextlib.suppress(OSError):
                progress.update(self.get(f"/admin/redrives/{redrive_id}"))
            return progress.get("state") not in (None, "running")

        try:
            until("the redrive is done", within, is_done)
        except Failed as failed:
            raise Failed(str(failed), str(progress)) from None
        return progress

    def metric(self, name: str, **labels: str) -> float:
        """The sum of a counter's series with these labels; 0 when there is none."""
        with _direct.open(f"{base(self._service)}/q/metrics", timeout=30) as answer:
            lines = answer.read().decode().splitlines()
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        return sum(
            float(line.rpartition(" ")[2])
            for line in lines
            if line.startswith((f"{name}{{", f"{name} ")) and all(label in line for label in wanted)
        )


def denied(service: Service) -> int:
    """Makes every call of the description as nobody, and as somebody nobody knows; how many calls there are."""
    with _direct.open(f"{base(service)}/q/openapi?format=json", timeout=30) as answer:
        paths = json.load(answer)["paths"]
    calls = [(method, path) for path, item in paths.items() for method in item if method in METHODS]
    if len(calls) < 10:
        raise Failed(f"the description has only {len(calls)} calls")
    for method, path in calls:
        for credentials in STRANGERS:
            headers = _basic(credentials) if credentials else {}
            request = urllib.request.Request(
                base(service) + path.replace("{", "").replace("}", ""), method=method.upper(), headers=headers
            )
            try:
                status = _direct.open(request, timeout=30).status
            except urllib.error.HTTPError as error:
                status = error.code
            if status != 401:
                raise Failed(f"{method.upper()} {path} answers {status} to {credentials or 'nobody'}")
    return len(calls)


def _basic(credentials: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(credentials.encode()).decode()}"}


def base(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"

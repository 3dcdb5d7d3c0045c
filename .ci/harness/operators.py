"""The operator's side: what is done by admin calls to a service that runs, and what must have come of it."""

import collections
import contextlib
import csv
import dataclasses
import hashlib
import io
import json
import os
import random
import threading
import time
from collections.abc import Callable

from harness import membership
from harness.account import close, settled
from harness.admin import NAME, Operator, denied, users
from harness.field import QUICK
from harness.outcome import Failed, until
from harness.proxy import Hold, Proxy, Swallow, s3_error
from harness.service import Service
from harness.stage import Dropped, Stage, each

BUDGET = 3  # how often a file may come back from the dead letters
REDRIVE = "/admin/dead-letters/redrive"
# A killed process's poll goes on at the proxy and takes messages along: it must end before any comes to light again.
SHORT_POLLS = {"MP_MESSAGING_INCOMING_FILES_WAIT_TIME_SECONDS": "1"}
NO_JSON = f"no JSON, and somebody's name in it: {membership.MARK}"


@dataclasses.dataclass(frozen=True)
class Seat:
    """One process of the service, its way to AWS, and an operator who calls it."""

    proxy: Proxy
    service: Service
    operator: Operator


class Desk:
    """A context: a bucket and its queues, so many processes of the service, and what was dropped."""

    def __init__(
        self,
        name: str,
        seats: int = 1,
        announced: bool = True,
        receives: int = Stage.receives,
        visibility: int = 5,
        environment: dict[str, str] | None = None,
    ):
        self.stage = Stage(name, visibility=visibility, receives=receives)
        if announced:
            self.stage.by_s3()
        self.dropped: list[Dropped] = []
        self.members: dict[str, list[membership.Member]] = {}
        self.seats: list[Seat] = []
        self._count = seats
        self._environment = {**QUICK, **SHORT_POLLS, **users(), **(environment or {})}

    def __enter__(self) -> "Desk":
        with contextlib.ExitStack() as stack:
            for _ in range(self._count):
                proxy = stack.enter_context(Proxy(os.environ["AWS_ENDPOINT_URL"]))
                endpoints = {"AWS_ENDPOINT_URL_S3": proxy.url, "AWS_ENDPOINT_URL_SQS": proxy.url}
                service = Service(self.stage, environment={**endpoints, **self._environment})
                self.seats.append(Seat(proxy, service, Operator(service, self._environment)))
            for seat in self.seats:
                stack.enter_context(seat.service)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *problem) -> None:
        self._stack.__exit__(*problem)

    @property
    def proxy(self) -> Proxy:
        return self.seats[0].proxy

    @property
    def service(self) -> Service:
        return self.seats[0].service

    @property
    def operator(self) -> Operator:
        return self.seats[0].operator

    def make(self, folder: str, count: int, rows: int = 5) -> list[Dropped]:
        """Files that are not in the bucket yet, no row of which was in any before."""
        made = []
        for number in range(count):
            key = f"incoming/membership/{folder}/{number:04d}.csv"
            first = 1 + sum(map(len, self.members.values()))
            self.members[key] = membership.members(first, rows)
            body = membership.file_of(self.members[key])
            made.append(Dropped(self.stage.bucket, key, body, hashlib.md5(body).hexdigest()))
        self.dropped += made
        return made

    def put(self, files: list[Dropped]) -> list[Dropped]:
        each(lambda file: self.stage.drop(file.key, file.body), files)
        return files

    def spoil(self, count: int) -> list[Dropped]:
        """Drops files that lack a column."""
        body = lambda n: membership.file_of(membership.members(1_000_000 + n, 5)).replace(b"email", b"e_post", 1)
        key = "incoming/membership/spoilt/{:04d}.csv".format
        return each(lambda n: self.stage.drop(key(n), body(n)), range(count))

    def until_reasons(self, wanted: dict[str, int], within: float = 90) -> None:
        """Waits until these are the dead letters, as the operator sees them, and each has its notice."""
        seen = {}

        def are_there() -> bool:
            seen.update(reasons=self.operator.reasons(), notices=self.stage.notices())
            return seen == {"reasons": wanted, "notices": sum(wanted.values())}

        try:
            until(f"the dead letters are {wanted}", within, are_there)
        except Failed as failed:
            raise Failed(str(failed), f"they are {seen}") from None

    def must_have(self, wanted: dict[str, int]) -> None:
        """These are the dead letters now, and each has its notice."""
        reasons, notices = self.operator.reasons(), self.stage.notices()
        if reasons != wanted or notices != sum(wanted.values()):
            raise Failed(f"the dead letters are {reasons} with {notices} notices; it must be {wanted}")

    def receipts(self) -> list[dict]:
        return [json.loads(body) for body in each(self.stage.read, self.stage.receipts())]

    def must_be_via(self, via: str, folder: str = "") -> None:
        prefix = f"incoming/membership/{folder}"
        ways = collections.Counter(it["via"] for it in self.receipts() if it["key"].startswith(prefix))
        if set(ways) != {via}:
            raise Failed(f"the files of {prefix} were committed via {dict(ways)} instead of {via}")

    def must_be_audited(self, **calls: int) -> None:
        """The trail has an entry for each of these calls and no others, in the bucket and in the log."""
        entries = [json.loads(body) for body in each(self.stage.read, self.stage.keys("audit/"))]
        found = collections.Counter(entry["call"] for entry in entries)
        who = {entry["who"] for entry in entries}
        if found != calls or who != {NAME}:
            raise Failed(f"the audit trail has {dict(found)} by {who}; it must be {calls} by {NAME}")
        log = self.service.log.read_text(errors="replace")
        for entry in entries:
            if f"id={entry['id']}" not in log:
                raise Failed(f"the log does not have the audit entry {entry}")


# Dead letters, and how they come back.


def redrive(_: random.Random) -> str:
    """What cannot be read for want of a permission is redriven once that is mended; all else stays as it is."""
    with Desk("redrive", receives=2) as desk:
        stage, operator = desk.stage, desk.operator
        locked = lambda call: call.operation == "GetObject" and call.key.startswith("incoming/membership/locked/")
        with desk.proxy.rule(locked, s3_error(403, "AccessDenied", "Access Denied")):
            spoilt = desk.spoil(30)
            desk.put(desk.make("locked", 20))
            desk.put(desk.make("good", 5))
            stage.send([NO_JSON])
            others = {"header.missing": 30, "event.unreadable": 1}
            before = {**others, "exhausted": 20}
            desk.until_reasons(before)
        _must_be_paged(operator, 51)
        _must_be(operator.dry_run(reason="exhausted"), matched=20, overBudget=0, underWay=0, left=0)
        _must_be(operator.dry_run(reason="exhausted", max=15), matched=15, overBudget=0, underWay=0, left=5)
        desk.must_have(before)

        first = operator.redrive(reason="exhausted", key="change 17", note="the policy lets us read again")
        again = operator.redrive(reason="exhausted", key="change 17", note="the policy lets us read again")
        if first["redriveId"] != again["redriveId"] or first["matched"] != 20:
            raise Failed(f"the same Idempotency-Key is {first} and then {again}")
        _must_be(_ended(operator, first), sent=20, skipped=0, lost=0, state="done")
        other = operator.call("POST", REDRIVE, {"reason": "header.missing"}, {"Idempotency-Key": "change 17"})
        if other.status != 422:
            raise Failed(f"another order with the same Idempotency-Key is answered {other}")
        settled(stage, desk.service, files=25, within=60)
        desk.must_be_via("redrive", "locked/")
        desk.must_have(others)

        _discard_and_restore(desk, spoilt[0].file_id, others)
        _must_be(_ended(operator, operator.redrive(reason="event.unreadable")), sent=1, skipped=0, lost=0)
        desk.until_reasons(others)
        if [letter["redrives"] for letter in operator.letters(reason="event.unreadable")] != [1]:
            raise Failed("the message that is no event was not sent back")
        desk.must_be_audited(redrive=3, discardDeadLetter=1, restoreDeadLetter=1, sweep=1)
        totals = close(
            stage, desk.service, desk.dropped, desk.members, given_up=spoilt, reason="header.missing", messages=1
        )
    return f"20 of 51 dead letters came home, the others are untouched; discarded, restored, audited; {totals}"


def _discard_and_restore(desk: Desk, letter: str, others: dict[str, int]) -> None:
    """What is discarded is out of the list and, after the next sweep, out of the queue; restored, it is in both."""
    operator = desk.operator
    operator.delete(f"/admin/dead-letters/{letter}", note="the sender knows")
    operator.post("/admin/sweep")
    desk.until_reasons(others | {"header.missing": others["header.missing"] - 1})
    discarded = [it["id"] for it in operator.letters(state="discarded")]
    if discarded != [letter]:
        raise Failed(f"discarded are {discarded} instead of {letter}")
    operator.post(f"/admin/dead-letters/{letter}/restore", wanted=200)
    desk.must_have(others)


def _must_be_paged(operator: Operator, count: int) -> None:
    letters = operator.letters(limit=20)
    times = [letter["at"] for letter in letters]
    if len({letter["id"] for letter in letters}) != count or len(letters) != count:
        raise Failed(f"the pages have {len(letters)} letters instead of {count}")
    if times != sorted(times, reverse=True):
        raise Failed(f"the letters are not listed newest first: {times}")


def _must_be(told: dict, **wanted) -> None:
    if any(told.get(name) != value for name, value in wanted.items()):
        raise Failed(f"it is told {told}; it must be {wanted}")


def _ended(operator: Operator, ordered: dict, within: float = 60) -> dict:
    return operator.done(ordered["redriveId"], within)


def redrive_dies(_: random.Random) -> str:
    """Of two processes the one that redrives dies midway; the other goes on."""
    count = 180
    # Two processes at once on two busy cores: a message that is shown twice for being late would be given up twice.
    with Desk("redrive-dies", seats=2, announced=False, visibility=15) as desk:
        stage = desk.stage
        files = desk.make("lost", count, rows=2)
        stage.send([file.event for file in files])
        desk.until_reasons({"source.missing": count})
        desk.put(files)

        killed = threading.Event()
        noted = lambda call: call.operation == "PutObject" and call.key.startswith("redrives/")
        with contextlib.ExitStack() as rules:
            hold = lambda seat: rules.enter_context(seat.proxy.rule(noted, Swallow(killed), every=6))
            held = [hold(seat) for seat in desk.seats]
            sent = sum(seat.proxy.calls["SendMessage"] for seat in desk.seats)
            ordered = desk.operator.redrive(reason="source.missing")
            until("a redrive is midway", 60, lambda: any(rule.hits for rule in held), every=0.05)
            dies, lives = sorted(desk.seats, key=lambda seat: held[desk.seats.index(seat)].hits, reverse=True)
            dies.service.kill()
            midway = lives.operator.get(f"/admin/redrives/{ordered['redriveId']}")
            killed.set()
        if not 0 < midway["sent"] < count or midway["state"] != "running":
            raise Failed(f"it was not killed midway: {midway}")
        ended = _ended(lives.operator, ordered, within=240)
        _must_be(ended, matched=count, sent=count, lost=0, state="done")
        # All that was announced since, but for the redrive's own command; what is found done is not announced.
        again = sum(seat.proxy.calls["SendMessage"] for seat in desk.seats) - sent - 1 + ended["skipped"] - count
        if again < 1:
            raise Failed(f"the other did not go over what had been sent without a note: {ended}")
        dies.service.start()
        settled(stage, lives.service, files=count, within=60)
        desk.must_be_via("redrive")
        desk.until_reasons({})
        totals = close(stage, desk.service, desk.dropped, desk.members, crashed=True)
    return f"kill -9 after {midway['sent']} of {count} letters and {again} without a note of it; {totals}"


def whole_queue(_: random.Random) -> str:
    """SQS itself moves the queue: what is mended comes home, what is not circles until its budget is used up."""
    with Desk("whole-queue", announced=False) as desk:
        stage, operator = desk.stage, desk.operator
        spoilt = desk.spoil(4)
        files = desk.make("lost", 3)
        stage.send([NO_JSON, *(file.event for file in spoilt + files)])
        others = {"header.missing": 4, "event.unreadable": 1}
        desk.until_reasons(others | {"source.missing": 3})
        desk.put(files)
        reads = []
        for times in range(1, BUDGET + 3):
            read = desk.proxy.sources
            ordered = operator.redrive(everything=True)
            until(f"all letters are back for the {times}. time", 60, lambda: _have_come_back(desk, times))
            desk.must_have(others)
            told = operator.get(f"/admin/redrives/{ordered['redriveId']}")
            _must_be(told, state="done")
            _must_be(told["queue"], status="COMPLETED")
            reads.append(desk.proxy.sources - read)
        if reads[BUDGET:] != [0, 0] or not all(reads[:BUDGET]):
            raise Failed(f"beyond the budget of {BUDGET} nothing may be read: {reads}")
        moved = [told["queue"]["moved"] for told in operator.get("/admin/redrives")]
        if moved != [5] * (BUDGET + 1) + [8]:
            raise Failed(f"the moves of the queue, the latest first, are told to have moved {moved} messages")
        details = {letter["detail"] for letter in operator.letters(reason="header.missing")}
        if [detail.count("Not tried again: ") for detail in details] != [1]:
            raise Failed(f"a letter does not say, once, that it was not tried again: {details}")
        _must_be(operator.dry_run(reason="header.missing"), matched=0, overBudget=4, underWay=0)
        _must_be(operator.dry_run(reason="header.missing", resetBudget=True), matched=4, overBudget=0)
        settled(stage, desk.service, files=3, within=60)
        desk.must_be_via("redrive")
        desk.must_be_audited(redrive=BUDGET + 2)
        totals = close(
            stage, desk.service, desk.dropped, desk.members, given_up=spoilt, reason="header.missing", messages=1
        )
    return f"3 came home, 4 circled {BUDGET} times and were not read again; {totals}"


def _have_come_back(desk: Desk, times: int) -> bool:
    """Whether all letters, and all notices, bear this count of redrives."""
    letters = desk.operator.letters()
    counts = {letter["redrives"] for letter in letters} | {int(it["redrives"]) for it in desk.stage.glance()}
    return counts == {times} and desk.stage.backlog() == 0 and desk.stage.notices() == len(letters)


def abandoned(_: random.Random) -> str:
    """A file that takes the service with it each time: SQS gives its message up, and the sweep says so."""
    with Desk("abandoned", receives=2) as desk:
        stage, operator, service = desk.stage, desk.operator, desk.service
        released = threading.Event()
        deadly = lambda call: call.operation == "GetObject" and call.key.startswith("incoming/")
        with desk.proxy.rule(deadly, Hold(released)) as rule:
            desk.put(desk.make("deadly", 1))
            for death in (1, 2):
                until(f"delivery {death} is in work", 60, lambda: rule.hits == death, every=0.1)
                service.kill()
                service.start()
            until("SQS gives the message up", 60, lambda: stage.notices() == 1)
        released.set()
        if "reason" in stage.glance()[0] or operator.reasons():
            raise Failed(f"nobody can have said why: {stage.glance()}, {operator.reasons()}")
        operator.post("/admin/sweep")
        desk.until_reasons({"abandoned": 1})
        until("the notice says why", 30, lambda: [it.get("reason") for it in stage.glance()] == ["abandoned"])
        _must_be(_ended(operator, operator.redrive(reason="abandoned")), sent=1, skipped=0, lost=0)
        settled(stage, service, files=1, within=60)
        desk.must_be_via("redrive")
        desk.until_reasons({})
        totals = close(stage, service, desk.dropped, desk.members, crashed=True)
    return f"kill -9 on both deliveries; swept into a dead letter and redriven; {totals}"


# What the schedule does, at any other time.


def sweep(_: random.Random) -> str:
    """Files of which no event ever came."""
    count = 20
    with Desk("sweep", announced=False, environment={"WINNOW_SWEEP_OLDER_THAN": "1S"}) as desk:
        stage, operator = desk.stage, desk.operator
        desk.put(desk.make("unheard", count))
        spoilt = desk.spoil(1)
        found = "winnow_unprocessed_objects_total"
        _sweep(desk, 0)
        settled(stage, desk.service, files=count, within=60)
        desk.must_be_via("sweep")
        desk.until_reasons({"header.missing": 1})
        if operator.metric(found) != count + 1:
            raise Failed(f"{found} is {operator.metric(found)} instead of {count + 1}")
        _sweep(desk, 1)
        if operator.metric(found) != count + 1:
            raise Failed(f"the second sweep found something: {found} is {operator.metric(found)}")
        desk.must_be_audited(sweep=2)
        totals = close(stage, desk.service, desk.dropped, desk.members, given_up=spoilt, reason="header.missing")
    return f"{count} files without an event, a second sweep finds none; {totals}"


def _sweep(desk: Desk, before: int) -> None:
    """Sweeps once all objects are a second old."""
    sweeps = "winnow_sweeps_total"
    time.sleep(2)
    desk.operator.post("/admin/sweep")
    until("the sweep is at its end", 60, lambda: desk.operator.metric(sweeps) == before + 1)


def consolidate(_: random.Random) -> str:
    """The hour's outputs in one file, the same bytes each time; late and reprocessed files renew it."""
    with Desk("consolidate") as desk:
        stage, operator = desk.stage, desk.operator
        for number, carried in enumerate((["branch"], [], ["source", "branch"], ["remark"])):
            file = desk.make(f"carried-{number}", 1, rows=40)[0]
            desk.put([_carry(desk, file, carried)])
        settled(stage, desk.service, files=4, within=60)
        close(stage, desk.service, desk.dropped, desk.members)
        _consolidate(desk, "written")
        _must_be_consolidated(desk)
        etags = _consolidated(desk)
        _consolidate(desk, "unchanged")
        if _consolidated(desk) != etags:
            raise Failed("the same hour put together again has another ETag")

        desk.put([_carry(desk, desk.make("late", 1, rows=30)[0], ["late"])])
        settled(stage, desk.service, files=5, within=60)
        again = desk.dropped[0].file_id
        old = {key for key in _outputs(stage) if again in key}
        _must_be(operator.post(f"/admin/files/{again}/reprocess"), replaces=1)
        settled(stage, desk.service, files=6, within=60)
        if len(operator.get(f"/admin/files/{again}")["receipts"]) != 2:
            raise Failed(f"the file {again} has not two receipts")
        left = old & set(_outputs(stage))
        if left or not old:
            raise Failed(f"outputs of the generation that was replaced are left: {left}")
        _consolidate(desk, "written")
        _must_be_consolidated(desk)
        if not all(_consolidated(desk)[key] != etag for key, etag in etags.items()):
            raise Failed("an hour that was renewed has the same ETag")
        rows = sum(len(_rows(stage, key)) for key in _consolidated(desk))
    return f"{rows} rows of 5 files with 4 carried columns in {len(etags)} objects; the same bytes again; renewed"


def _carry(desk: Desk, file: Dropped, columns: list[str]) -> Dropped:
    """The same rows with some columns more, which no rule knows."""
    lines = file.body.decode().splitlines()
    lines = [lines[0] + "".join(f",{name}" for name in columns)] + [
        line + "".join(f",{name} {number}" for name in columns) for number, line in enumerate(lines[1:])
    ]
    body = "".join(f"{line}\n" for line in lines).encode()
    carrying = dataclasses.replace(file, body=body, etag=hashlib.md5(body).hexdigest())
    desk.dropped[desk.dropped.index(file)] = carrying
    return carrying


def _consolidate(desk: Desk, result: str) -> None:
    """Puts every hour that there is together, each outcome with this result."""
    operator = desk.operator
    hours = {(at[:10], at[11:13]) for at in (receipt["lastModified"] for receipt in desk.receipts())}
    counter = "winnow_consolidated_hours_seconds_count"
    before = operator.metric(counter, result=result)
    for date, hour in hours:
        operator.post("/admin/consolidate", dataset="membership", hour=f"{date}T{hour}")
    wanted = before + 2 * len(hours)
    until(f"both outcomes are {result}", 60, lambda: operator.metric(counter, result=result) >= wanted)
    until("no hour is marked for renewal", 10, lambda: not desk.stage.keys("consolidated/membership/renew/"))


def _consolidated(desk: Desk) -> dict[str, str]:
    """The ETags by key."""
    return {key: desk.stage.etag(key) for key in desk.stage.keys("consolidated/")}


def _outputs(stage: Stage) -> list[str]:
    return [*stage.keys("successful/"), *stage.keys("unsuccessful/")]


def _must_be_consolidated(desk: Desk) -> None:
    """Each hour's object holds the rows of all its outputs, those and no others, under one header."""
    stage = desk.stage
    wanted: dict[str, list[dict]] = collections.defaultdict(list)
    for key in _outputs(stage):
        outcome, dataset, date, hour, _ = key.split("/")
        wanted[f"consolidated/{dataset}/{outcome}/{date}/{hour}.csv"] += _rows(stage, key)
    if set(wanted) != set(_consolidated(desk)):
        raise Failed(f"consolidated are {sorted(_consolidated(desk))} instead of {sorted(wanted)}")
    for key, rows in wanted.items():
        columns = list(dict.fromkeys(name for row in rows for name in row))
        text = stage.read(key).decode()
        found = list(csv.DictReader(io.StringIO(text)))
        if sorted(found[0]) != sorted(columns) or text.count("email,date_of_birth") != 1:
            raise Failed(f"{key} has not one header of {columns}")
        full = [tuple(row.get(name, "") for name in columns) for row in rows]
        if sorted(full) != sorted(tuple(row[name] for name in columns) for row in found):
            raise Failed(f"{key} has not the rows of its outputs: {len(found)} of {len(full)}")


def _rows(stage: Stage, key: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(stage.read(key).decode())))


# Who may not.


def closed(_: random.Random) -> str:
    """Without admin settings the calls are there and for nobody; a password that can be guessed is no start."""
    with Service(Stage("closed").by_s3()) as service:
        calls = denied(service)
    said = [_refused(password) for password in ("winnow", "eleven char")]
    return f"{calls} calls answer 401 to everyone; no start with a weak password: {said[0]}"


def _refused(password: str) -> str:
    """The one line with which the service ends its start."""
    service = Service(Stage("weak-password").by_s3(), environment=users(password=password))
    with contextlib.ExitStack() as stack:
        stack.callback(service.__exit__)
        service.launch()
        until("the service has ended its start", 60, lambda: not service.alive())
    log = service.log.read_text(errors="replace")
    line = log.strip()
    expected = f"Cannot use winnow.admin.users.{NAME}.password: "
    if service.exit_code == 0 or not line.startswith(expected) or "\n" in line or f": {password}" in line:
        raise Failed(f"the start with a weak password ends with {service.exit_code} and says {log}")
    return line


OPERATORS: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "redrive": ("redrive by reason, discard and restore, by admin calls", redrive),
    "redrive-dies": ("kill -9 in the middle of a redrive", redrive_dies),
    "whole-queue": ("redrive of the whole queue by SQS itself", whole_queue),
    "abandoned": ("kill -9 on every delivery of a file", abandoned),
    "sweep": ("files without an event", sweep),
    "consolidate": ("an hour's outputs in one file", consolidate),
    "closed": ("admin calls without admin settings", closed),
}

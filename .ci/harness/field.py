"""The ground of one fault: a service whose every call takes a way on which something can go wrong."""

import contextlib
import datetime
import os
import threading
import time
from collections.abc import Callable, Iterator

from harness import membership
from harness.account import close, settled, state, tally
from harness.outcome import Failed, until
from harness.proxy import Proxy
from harness.service import Service
from harness.stage import Dropped, Stage, each
from harness.table import Row
from harness.toxics import Link

# Quick, so that a case need not wait for a back-off; the case of a minute's outage runs with the defaults.
QUICK = {"WINNOW_RETRY_BASE": "1S", "WINNOW_RETRY_CAP": "5S"}


class Field:
    """A context: service, then toxiproxy (`s3`, `sqs`), then the harness's proxy, then LocalStack.

    What is dropped and what is looked at afterwards takes the straight way. Without toxics the service speaks to the
    proxy itself.
    """

    def __init__(
        self,
        name: str,
        *options: str,
        toxics: bool = False,
        receives: int = 200,
        visibility: int = 10,
        environment: dict[str, str] | None = None,
        offset: datetime.timedelta = datetime.timedelta(),
    ):
        self.stage = Stage(name, visibility=visibility, receives=receives).by_s3()
        self.proxy = Proxy(os.environ["AWS_ENDPOINT_URL"], offset)
        self.dropped: list[Dropped] = []
        self.members: dict[str, list[membership.Member]] = {}
        self.given_up: list[Dropped] = []
        self._name = name
        self._toxics = toxics
        self._options = options
        self._environment = QUICK if environment is None else environment
        self._next = 1
        self._ended: float | None = None

    def __enter__(self) -> "Field":
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.proxy)
            endpoints = {"AWS_ENDPOINT_URL_S3": self.proxy.url, "AWS_ENDPOINT_URL_SQS": self.proxy.url}
            if self._toxics:
                self.s3 = stack.enter_context(Link(self.proxy.address))
                self.sqs = stack.enter_context(Link(self.proxy.address))
                endpoints = {"AWS_ENDPOINT_URL_S3": self.s3.url, "AWS_ENDPOINT_URL_SQS": self.sqs.url}
            self.service = Service(self.stage, *self._options, environment={**endpoints, **self._environment})
            stack.enter_context(self.service)
            self.pid = self.service.pid
            self.watch = stack.enter_context(Watch(self.service))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *problem) -> None:
        self._stack.__exit__(*problem)

    # What a case does.

    def drop(self, count: int, rows: int = 20, pack: Callable[[bytes], bytes] = bytes, suffix: str = ".csv") -> None:
        """Drops that many files more, no row of which was in any before."""
        files = {}
        for _ in range(count):
            key = f"incoming/membership/{self._name}/{len(self.members) + len(files):04d}{suffix}"
            files[key] = membership.members(self._next, rows)
            self._next += rows
        self.members |= files
        self.dropped += each(lambda key: self.stage.drop(key, pack(membership.file_of(files[key]))), files)

    @contextlib.contextmanager
    def fault(self, *contexts: contextlib.AbstractContextManager) -> Iterator[list]:
        """Everything within is the time of the fault; the time to recover is from its end."""
        with contextlib.ExitStack() as stack:
            yield [stack.enter_context(context) for context in contexts]
        self._ended = time.monotonic()

    def last(self, seconds: float) -> None:
        """Lets the fault last."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._check_alive()
            time.sleep(0.2)

    def until_receipts(self, count: int, within: float = 120) -> None:
        until(f"{count} receipts", within, lambda: len(self.stage.receipts()) >= count, every=0.2)

    def until_ready(self, is_ready: bool, within: float = 90) -> None:
        what = f"readiness says {200 if is_ready else 503}"
        until(what, within, lambda: self.service.health("ready") == (200 if is_ready else 503), every=0.2)

    def stop(self) -> float:
        """SIGTERM; the seconds until the service was gone. No message may be left in flight."""
        self.watch.pause()
        took = self.service.terminate(within=60)
        in_flight = self.stage.in_flight()
        if in_flight:
            raise Failed(f"{in_flight} messages are left in flight by a service that stopped", self.state())
        return took

    def start_again(self) -> None:
        self.service.start()
        self.pid = self.service.pid
        self.watch.go_on()

    # What must be so afterwards.

    def recover(self, within: float = 240) -> None:
        """Waits until the queue is drained and the files that were not given up have their receipts."""
        settled(self.stage, self, len(self.dropped), within)

    def alive(self) -> bool:
        return self.service.alive()

    def row(self, seen: str) -> Row:
        """Recovers, and closes the account."""
        self.recover()
        now = time.monotonic()
        recovery = None if self._ended is None else now - self._ended
        self.until_ready(True)
        self._check_alive()
        if self.service.pid != self.pid:
            raise Failed("the service is another process than at first")
        self.watch.check()
        counted = tally(self.stage, self.members)
        letters = len(self.stage.dead_letters())
        failure = ""
        try:
            close(self.stage, self.service, self.dropped, self.members, crashed=True, given_up=self.given_up)
        except Failed as failed:
            failure = str(failed)
        files = len(self.dropped) + len(self.given_up)
        return Row(self._name, files, counted.lost, counted.doubled, letters, recovery, seen, failure)

    def state(self) -> str:
        return state(self.stage)

    def _check_alive(self) -> None:
        if not self.service.alive():
            raise Failed("the service ended by itself")


class Watch:
    """A context: asks for liveness and readiness all the time."""

    def __init__(self, service: Service):
        self._service = service
        self._over = threading.Event()
        self._asking = threading.Lock()
        self._paused = False
        self._problems: list[str] = []
        self._silent = 0
        self.unready = 0.0
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._thread.join()

    def check(self) -> None:
        if self._problems:
            raise Failed(*self._problems)

    def pause(self) -> None:
        """For the time in which there is nobody to ask; returns when nothing is being asked."""
        with self._asking:
            self._paused = True

    def go_on(self) -> None:
        self._paused = False

    def _ask(self) -> None:
        while not self._over.wait(0.4):
            with self._asking:
                if not self._paused:
                    self._ask_once()

    def _ask_once(self) -> None:
        begin = time.monotonic()
        live = self._service.health("live")
        # One question may go unanswered on a machine with much to do.
        self._silent = self._silent + 1 if live == 0 else 0
        if live not in (0, 200) or self._silent == 3:
            self._problems.append(f"liveness said {live or 'nothing'}")
        if self._service.health("ready") == 503:
            self.unready += time.monotonic() - begin + 0.4

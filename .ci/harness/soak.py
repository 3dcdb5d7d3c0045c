"""The soak: three replicas on one queue that are killed, frozen and restarted while hundreds of files are dropped."""

import collections
import contextlib
import random
import threading
import time

from harness import membership
from harness.account import close, settled, tally
from harness.outcome import Failed, until
from harness.service import Service
from harness.stage import Dropped, Stage, created, each
from harness.table import Row

FILES = 800
REPLICAS = 3
VISIBILITY = 10
# How many files are done between two troubles of one replica: by what gets done, since machines differ.
BETWEEN = (60, 200)
# Every kill, every freeze and every message that a stop sends back costs a message one of its receives.
RECEIVES = 100


def soak(randomness: random.Random, files: int = FILES) -> Row:
    stage = Stage("soak", visibility=VISIBILITY, receives=RECEIVES).by_s3()
    members = _files(files)
    with Replicas(stage, files, randomness) as replicas:
        dropped = _drop(stage, members, randomness)
        replicas.until_done(files - 50)
        replicas.leave_alone()
        ended = time.monotonic()
        settled(stage, replicas, files=len(members), within=600)
        recovery = time.monotonic() - ended
        counted = tally(stage, members)
        failure = ""
        try:
            close(stage, replicas.services[0], dropped, members, crashed=True)
        except Failed as failed:
            failure = str(failed)
    letters = len(stage.dead_letters())
    return Row("soak", len(members), counted.lost, counted.doubled, letters, recovery, replicas.seen(), failure)


def _files(count: int) -> dict[str, list[membership.Member]]:
    """Small files, and every fortieth one a large one, so that something is in work when a replica dies."""
    files = {}
    first = 1
    for number in range(count):
        rows = 20_000 if number % 40 == 0 else 20
        files[f"incoming/membership/soak/{number:05d}.csv"] = membership.members(first, rows)
        first += rows
    return files


def _drop(stage: Stage, members: dict[str, list[membership.Member]], randomness: random.Random) -> list[Dropped]:
    """Drops the files; beside S3's own event each is announced once more, in any order and at any later time."""
    dropped: list[Dropped] = []
    late: list[str] = []
    keys = list(members)
    for start in range(0, len(keys), 50):
        burst = each(lambda key: stage.drop(key, membership.file_of(members[key])), keys[start : start + 50])
        late += [created(file.bucket, file.key, file.etag, len(file.body)) for file in burst]
        randomness.shuffle(late)
        stage.send(late[50:])
        del late[50:]
        dropped += burst
    stage.send(late)
    return dropped


class Replicas:
    """A context: three processes of the service, each with a trouble of its own."""

    def __init__(self, stage: Stage, files: int, randomness: random.Random):
        self._files = files
        self.services = [Service(stage) for _ in range(REPLICAS)]
        self._stage = stage
        self._randomness = [random.Random(randomness.random()) for _ in self.services]
        self._turns = [threading.Lock() for _ in self.services]
        self._receipts = 0
        self._over = threading.Event()
        self._restarted = threading.Event()
        self._done: collections.Counter[str] = collections.Counter()
        self._problems: list[str] = []
        self._threads = [threading.Thread(target=self._trouble, args=(number,)) for number in range(REPLICAS)]
        self._threads += [threading.Thread(target=work) for work in (self._restart_all, self._count)]

    def __enter__(self) -> "Replicas":
        with contextlib.ExitStack() as stack:
            for service in self.services:
                stack.enter_context(service)
            for thread in self._threads:
                thread.start()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *problem) -> None:
        self._over.set()
        # Ends what a thread may be waiting for, and then what it may have started since.
        self._stack.__exit__(*problem)
        for thread in self._threads:
            thread.join()
        for service in self.services:
            service.__exit__(*problem)

    def alive(self) -> bool:
        return all(service.alive() for service in self.services)

    def until_done(self, files: int) -> None:
        """Waits until so many files are done and all replicas were restarted, with trouble all the time."""
        wanted = f"{files} files done and all replicas restarted"
        until(wanted, 1_200, lambda: self._receipts >= files and self._restarted.is_set() or self._problems)

    def leave_alone(self) -> None:
        """Ends the trouble: all replicas run from now on."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        if self._problems:
            raise Failed(*self._problems)

    def seen(self) -> str:
        return ", ".join(f"{what} {count} times" for what, count in sorted(self._done.items()))

    def _count(self) -> None:
        while not self._over.wait(1):
            self._receipts = len(self._stage.receipts())

    def _wait_for(self, receipts: int) -> bool:
        """Waits until so many files are done; false when the trouble is over before."""
        while self._receipts < receipts:
            if self._over.wait(0.2):
                return False
        return True

    def _trouble(self, number: int) -> None:
        randomness, service = self._randomness[number], self.services[number]
        while self._wait_for(self._receipts + randomness.randrange(*BETWEEN)):
            time.sleep(randomness.uniform(0, 1))
            with self._turns[number]:
                try:
                    if randomness.random() < 0.5:
                        service.kill()
                        self._done["killed"] += 1
                        service.start()
                    else:
                        # Long enough for all its messages to be given to others, who may be done with them.
                        service.halt()
                        self._done["frozen"] += 1
                        time.sleep(VISIBILITY + randomness.uniform(1, 6))
                        service.go_on()
                        self._alive(service)
                except Failed as failed:
                    self._problems.append(str(failed))
                    return

    def _restart_all(self) -> None:
        """One rolling restart, once a tenth of the files is done."""
        if not self._wait_for(self._files // 10):
            return
        for number, service in enumerate(self.services):
            with self._turns[number]:
                try:
                    service.terminate(within=60)
                    self._done["stopped by SIGTERM"] += 1
                    service.start()
                except Failed as failed:
                    self._problems.append(f"rolling restart: {failed}")
        self._restarted.set()

    def _alive(self, service: Service) -> None:
        if not service.alive():
            raise Failed("a replica ended by itself")

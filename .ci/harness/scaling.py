"""The Deployment's replicas by the queue's backlog: KEDA and the HPA decide, processes of the service do the work."""

import contextlib
import functools
import json
import os
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Callable

from harness import manifests, membership
from harness.account import close, settled
from harness.cluster import Cluster
from harness.fleet import Fleet, environment_of
from harness.outcome import Failed, Skipped, until
from harness.service import Service, packaged
from harness.stage import ACCOUNT, Stage, each, sqs
from harness.toxics import Link

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
# The manifests' ways in seconds instead of minutes; everything else is as overlays/local has it.
HURRY = [
    {"op": "replace", "path": "/spec/pollingInterval", "value": 2},
    {"op": "replace", "path": "/spec/cooldownPeriod", "value": 6},
    *(
        {"op": "replace", "path": f"/spec/advanced/horizontalPodAutoscalerConfig/behavior/{path}", "value": value}
        for path, value in (
            ("scaleUp/policies/0/periodSeconds", 5),
            ("scaleUp/policies/1/periodSeconds", 5),
            ("scaleDown/stabilizationWindowSeconds", 5),
            ("scaleDown/policies/0/periodSeconds", 5),
        )
    ),
]
SHARE = 96
MOST = 4
ROWS = 20
BURST = (1_200, 600)
MOST_LEFT = 6  # of some 3,600
# Far beyond what anything takes, also on a machine that has much else to do.
WITHIN = 900
# A set of files for each replica count.
SET = 300
FLEETS = (1, 2, 4)
# The same with S3 at a distance, in milliseconds.
FEW = 32
AWAY = 40


def deploy(cluster: Cluster, namespace: str, stage: Stage) -> None:
    """overlays/local with its winnow.env turned to this stage, and in a hurry."""
    env = {
        "AWS_REGION": os.environ["AWS_REGION"],
        "AWS_ENDPOINT_URL": ENDPOINT,
        "WINNOW_BUCKET": stage.bucket,
        "WINNOW_QUEUE": f"{ENDPOINT}/{ACCOUNT}/{stage.queue}",
        "WINNOW_DEAD_LETTER_QUEUE": f"{ENDPOINT}/{ACCOUNT}/{stage.dead_letter_queue}",
    }
    hurry = {"target": {"kind": "ScaledObject", "name": "winnow"}, "patch": json.dumps(HURRY)}
    with manifests.overlay("overlays/local", env=env, namespace=namespace, patches=[hurry]) as folder:
        cluster.apply(manifests.render(folder))


class Replicas:
    """A context that writes down every change of a Deployment's replica count."""

    def __init__(self, cluster: Cluster, namespace: str):
        self._cluster = cluster
        self._namespace = namespace
        self._begin = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.seen: list[tuple[float, int]] = []

    def __enter__(self) -> "Replicas":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.3):
            now = self.now()
            if not self.seen or self.seen[-1][1] != now:
                self.seen.append((time.monotonic() - self._begin, now))

    def now(self) -> int:
        return self._cluster.deployment(self._namespace)["spec"]["replicas"]

    def until(self, count: int, what: str, within: float = 180) -> None:
        until(f"{count} replicas {what}", within, lambda: self.now() == count)

    def __str__(self) -> str:
        return ", ".join(f"{count} at {at:.0f} s" for at, count in self.seen)


def by_backlog(cluster: Cluster) -> str:
    """0 -> 4 -> 0 by messages alone; those in flight keep the pods."""
    namespace = "winnow-keda"
    stage = Stage("keda", visibility=600, receives=100)
    deploy(cluster, namespace, stage)
    with Replicas(cluster, namespace) as replicas:
        replicas.until(0, "with an empty queue")
        # Half a pod's share past the last step: an HPA lets a tenth pass.
        messages = SHARE * MOST - SHARE // 2
        stage.send([f"message {number}" for number in range(messages)])
        replicas.until(MOST, f"for {messages} messages")
        taken = _take(stage, messages)
        # Longer than any window and pause of the scaler.
        held = time.monotonic() + 15
        while time.monotonic() < held:
            if replicas.now() != MOST:
                raise Failed(f"{replicas.now()} replicas while {messages} messages are in flight: {replicas}")
            time.sleep(0.5)
        in_flight, visible = stage.in_flight(), stage.visible()
        last, *others = taken
        each(lambda handle: _delete(stage, handle), others)
        replicas.until(1, "for the last message in flight")
        _delete(stage, last)
        replicas.until(0, "with an empty queue again")
    steps = _steps(cluster, namespace)
    if (2, 1) not in steps or any(after < before - 1 for before, after in steps):
        raise Failed(f"pods were not taken away one by one: {steps}")
    return (
        f"{messages} messages, {SHARE} a pod: replicas {replicas}; "
        f"with {in_flight} in flight and {visible} visible all {MOST} stayed for 15 s, and one for the last of them"
    )


def _delete(stage: Stage, handle: str) -> None:
    sqs.delete_message(QueueUrl=stage.queue_url, ReceiptHandle=handle)


def _steps(cluster: Cluster, namespace: str) -> list[tuple[int, int]]:
    """From how many pods to how many the Deployment was scaled, by its own account."""
    events = cluster.get(f"/api/v1/namespaces/{namespace}/events")["items"]
    told = [re.search(r" from (\d+) to (\d+)$", event["message"]) for event in events]
    return [(int(step[1]), int(step[2])) for step in told if step]


def _take(stage: Stage, messages: int) -> list[str]:
    taken: list[str] = []

    def take() -> bool:
        answer = sqs.receive_message(QueueUrl=stage.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        taken.extend(message["ReceiptHandle"] for message in answer.get("Messages", []))
        return len(taken) == messages

    until(f"{messages} messages taken", 60, take, every=0)
    return taken


def blind(cluster: Cluster) -> str:
    """A queue that cannot be looked at: KEDA's fallback, and no standstill at none."""
    namespace = "winnow-keda"
    found = cluster.get(f"/apis/keda.sh/v1alpha1/namespaces/{namespace}/scaledobjects/winnow")
    wanted = found["spec"]["fallback"]["replicas"]
    nowhere = [{"op": "replace", "path": "/spec/triggers/0/metadata/awsEndpoint", "value": "http://127.0.0.1:9"}]
    with Replicas(cluster, namespace) as replicas:
        replicas.until(0, "before the queue is out of reach")
        cluster.kubectl("patch", "scaledobject/winnow", "-n", namespace, "--type=json", "-p", json.dumps(nowhere))
        replicas.until(wanted, "without a look at the queue")
    _forget(cluster, namespace)
    return f"replicas {replicas}"


def _forget(cluster: Cluster, namespace: str) -> None:
    """Ends what KEDA would go on asking, at the cost of these cores."""
    cluster.kubectl("delete", "namespace", namespace, "--wait=false")


def sent(cluster: Cluster) -> str:
    """Scheduled commands, fired by hand, are run as their pods would run them; their messages wake a worker."""
    run = functools.partial(subprocess.run, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if "send" not in run([*packaged(), "--help"]).stdout:
        raise Skipped("the package knows no `send`")
    namespace = "winnow-sent"
    stage = Stage("sent", visibility=600)
    deploy(cluster, namespace, stage)
    bodies = []
    with Replicas(cluster, namespace) as replicas:
        replicas.until(0, "with an empty queue")
        for name in ("winnow-sweep", "winnow-consolidate"):
            cluster.kubectl("create", "job", name, f"--from=cronjob/{name}", "-n", namespace)
        until("both Jobs have their pod", 60, lambda: len(cluster.pods(namespace, "schedule")) == 2)
        for pod in cluster.pods(namespace, "schedule"):
            container = pod["spec"]["containers"][0]
            environment = environment_of(cluster, namespace, container)
            ended = run([*packaged(), *container["args"]], env=environment)
            if ended.returncode:
                raise Failed(f"{container['args']} ends with {ended.returncode}: {ended.stdout}{ended.stderr}")
        replicas.until(1, "for two commands")
        while answer := sqs.receive_message(QueueUrl=stage.queue_url, MaxNumberOfMessages=10).get("Messages"):
            bodies += [json.loads(message["Body"])["winnow"]["command"] for message in answer]
    _forget(cluster, namespace)
    if sorted(bodies) != ["consolidate", "sweep"]:
        raise Failed(f"on the queue are {bodies}")
    return f"exit code 0 and one message each: {', '.join(sorted(bodies))}; replicas {replicas}"


def burst(cluster: Cluster) -> str:
    """Two waves of small files; the pods that come and go are processes of the service, some with work in hand."""
    namespace = "winnow-burst"
    stage = Stage("burst").by_s3()
    deploy(cluster, namespace, stage)
    members = _files("burst", sum(BURST))
    keys = list(members)
    begin = time.monotonic()
    # Before any process is there, which would keep pace with the emulator: a backlog for more than the most replicas.
    dropped = _drop(stage, members, keys[: BURST[0]])
    with Fleet(cluster, namespace) as fleet:
        until("the first wave has let a pod go", WITHIN, lambda: fleet.stopped or fleet.problems)
        dropped += _drop(stage, members, keys[BURST[0] :])
        settled(stage, fleet, files=len(keys), within=WITHIN)
        drained = time.monotonic() - begin
        until(
            "no pod is left",
            WITHIN,
            lambda: fleet.size == 0 and len(fleet.stopped) == len(fleet.started) or fleet.problems,
        )
        if fleet.problems:
            raise Failed(*fleet.problems)
    # With sixty files in work the emulator may do a call whose answer never arrives. The SDK starts such an upload once
    # more, and the first one is left to the bucket's lifecycle rule, as after a crash.
    totals = close(stage, fleet, dropped, members, crashed=True)
    left = len(stage.pending_uploads())
    if left > MOST_LEFT:
        raise Failed(f"{left} multipart uploads left pending")
    most = max(count for _, count, _ in fleet.history)
    if most != MOST or any(stopped.killed for stopped in fleet.stopped):
        raise Failed(
            f"{most} replicas at most; {sum(stopped.killed for stopped in fleet.stopped)} pods outlived their grace"
        )
    busy = [stopped for stopped in fleet.stopped if stopped.in_hand]
    starts = [running.ready_after for running in fleet.started if running.ready_after]
    return (
        f"{len(keys):,} files in waves of {' and '.join(map(str, BURST))}, done after {drained:.0f} s: "
        f"every row in one output, none lost, none doubled, {len(stage.dead_letters())} dead letters, "
        f"{left} uploads left pending; {totals}\n"
        f"replicas {', '.join(f'{count} at {at:.0f} s' for at, count, _ in fleet.history)}\n"
        f"{len(fleet.started)} processes started, ready after {statistics.median(starts):.0f} s (median); "
        f"{len(fleet.stopped)} stopped by SIGTERM, "
        f"{len(busy)} of them with {sum(it.in_hand for it in busy)} messages in hand, "
        f"within {max(it.seconds for it in fleet.stopped):.0f} s of {fleet.started[0].grace} s at most"
    )


def _files(name: str, count: int, first: int = 1) -> dict[str, list[membership.Member]]:
    return {
        f"incoming/membership/{name}/{number:05d}.csv": membership.members(first + number * ROWS, ROWS)
        for number in range(count)
    }


def _drop(stage: Stage, members: dict[str, list[membership.Member]], keys: list[str]) -> list:
    return each(lambda key: stage.drop(key, membership.file_of(members[key])), keys)


def drain_times(cluster: Cluster) -> str:
    """The same number of files on the queue at once, for one, two and four replicas that wait for them."""
    return f"{SET} files: {_drain_times('drain', SET)}"


def drain_times_apart(cluster: Cluster) -> str:
    """The same with S3 as far away as it is, and so few files at once that waiting for it is what takes time."""
    with Link(ENDPOINT.partition("//")[2]) as s3, s3.toxic("latency", "downstream", latency=AWAY):
        environment = {"AWS_ENDPOINT_URL_S3": s3.url, "WINNOW_CONCURRENCY": "1"}
        return f"{FEW} files, S3 {AWAY} ms away, one file at a time: {_drain_times('away', FEW, environment)}"


def _drain_times(name: str, files: int, environment: dict[str, str] | None = None) -> str:
    stage = Stage(name, visibility=60)
    said = []
    with contextlib.ExitStack() as stack:
        running = 0
        for number, count in enumerate(FLEETS):
            members = _files(f"{name}-{count}", files, 1 + number * files * ROWS)
            dropped = _drop(stage, members, list(members))
            while running < count:
                stack.enter_context(Service(stage, environment=environment))
                running += 1
            begin, cores = time.monotonic(), _busy()
            stage.send([file.event for file in dropped])
            until(f"{files} files drained", WITHIN, lambda: stage.backlog() == 0, every=0.2)
            took = time.monotonic() - begin
            plural = "s" if count > 1 else ""
            used = f"{(_busy() - cores) / took:.1f} of {os.cpu_count()} cores busy"
            said.append(f"{count} replica{plural} {took:.1f} s ({files / took:.1f} files/s, {used})")
    return ", ".join(said)


def _busy() -> float:
    """CPU seconds that this machine has spent, whoever spent them."""
    with open("/proc/stat") as stat:
        user, nice, system, _idle, _wait, irq, soft, *_ = (int(ticks) for ticks in stat.readline().split()[1:])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


PROOFS: dict[str, Callable[[Cluster], str]] = {
    "KEDA scales from 0 to n and back by backlog, and keeps pods for messages in flight": by_backlog,
    "scheduled commands reach the queue and wake a worker": sent,
    "KEDA falls back where the queue cannot be looked at": blind,
    "a burst under scaling out and in loses and doubles nothing": burst,
    "time to drain, bound by these cores": drain_times,
    "time to drain, bound by S3's distance": drain_times_apart,
}

"""Proves what is observed of the packaged service; see .ci/observability."""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

from harness import meters, planted
from harness.admin import Operator, users
from harness.batch import Command, on_a_terminal
from harness.membership import Member, file_of
from harness.observers import Collector, Prometheus, attributes
from harness.outcome import Failed, Skipped, until
from harness.proxy import Answer, Proxy, s3_error
from harness.service import ROOT, Service
from harness.stage import Dropped, Stage, created, file_id, sqs

RULES = ROOT / "observability/rules.yaml"
DASHBOARD = ROOT / "observability/dashboard.json"
# More of the service's own series than this, and labels are not bounded.
MOST_SERIES = 1500
# The words that one label may have: the limit, and what stands for all others.
MOST_WORDS = 101
OTHER = "other"
# How an attempt may end without a bug.
ENDINGS = {"committed", "already-committed", "superseded", "poisoned", "postponed"}
# Each is refused once for a file of its own, which is postponed then.
STORE_CALLS = {
    "GetObject",
    "CreateMultipartUpload",
    "UploadPart",
    "CopyObject",
    "PutObject",
    "CompleteMultipartUpload",
    "DeleteObject",
}
QUICK = {"WINNOW_RETRY_BASE": "1S", "WINNOW_RETRY_CAP": "2S"}
EVERY_LINE = {"QUARKUS_LOG_CATEGORY__DEV_WINNOW__LEVEL": "TRACE"}

# Where a person's data is not, though files are named.
PUBLIC = ("receipts/", "dead-letters/", "redrives/", "audit/")

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Proofs:
    def __init__(self, work: pathlib.Path):
        self.work = work
        self.passed = self.failed = self.skipped = 0

    def prove(self, title: str, proof) -> None:
        begin = time.monotonic()
        try:
            result, said = "ok", proof()
            self.passed += 1
        except Skipped as skipped:
            result, said = "skip", str(skipped)
            self.skipped += 1
        except Failed as failed:
            result, said = "FAIL", str(failed)
            self.failed += 1
        except Exception:
            result, said = "FAIL", traceback.format_exc()
            self.failed += 1
        said = said.replace("\n", "\n     ")
        print(f"{result:4} {title}: {said} ({time.monotonic() - begin:.0f} s)", flush=True)


def promtool(*arguments: str) -> str:
    ran = subprocess.run(
        [f"{os.environ['PROMETHEUS']}/promtool", *arguments],
        cwd=RULES.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise Failed(f"promtool {' '.join(arguments)}: {ran.stdout}{ran.stderr}")
    return ran.stdout


def rules_hold() -> str:
    promtool("check", "rules", RULES.name)
    promtool("test", "rules", "rules.test.yaml")
    rules = dict(re.findall(r"- alert: (\w+)\n(.+?)\n +labels:", RULES.read_text(), re.DOTALL))
    tests = (RULES.parent / "rules.test.yaml").read_text()
    tested = re.findall(r"alertname: (\w+)", tests)
    untested = [name for name in rules if tested.count(name) < 2]
    if untested:
        raise Failed(f"no test sets off {untested}")
    # Whatever counts in a window says what the first event of its kind does.
    single = "".join(re.findall(r"- name: one event (.+?)(?=\n  - name: |\Z)", tests, re.DOTALL))
    counting = {name for name, rule in rules.items() if "max_over_time(" in rule and "sweeps" not in rule}
    unseen = counting - set(re.findall(r"alertname: (\w+)", single))
    if unseen or len(counting) < 10:
        raise Failed(f"no test shows the first event to {sorted(unseen)}")
    listed = re.findall(r"^\| `(Winnow\w+)` \| (\w+) ", (ROOT / "docs/observability.md").read_text(), re.MULTILINE)
    severities = re.findall(r"- alert: (\w+)\n.+?\n +severity: (\w+)", RULES.read_text(), re.DOTALL)
    if listed != severities:
        raise Failed(f"docs/observability.md lists {listed}", f"the rules are {severities}")
    return f"{len(rules)} alerts, each set off and each silent on a healthy service; {len(counting)} see a first event"


def configurations_load() -> str:
    """What the docs tell Prometheus to scrape, with the alert rules, is what Prometheus takes."""
    found = re.findall(r"```yaml\n(scrape_configs:\n.+?)```", meters.DOCS.read_text(), re.DOTALL)
    without = ""
    with tempfile.TemporaryDirectory() as folder:
        for number, configuration in enumerate(found):
            file = pathlib.Path(folder) / f"{number}.yaml"
            file.write_text(f"rule_files: [{RULES}]\n{configuration}")
            try:
                promtool("check", "config", str(file))
            except Failed as failed:
                if "field kubernetes_sd_configs not found" not in str(failed):
                    raise
                without = ", but for kubernetes_sd_configs, which this Prometheus was built without"
                rest = re.sub(r"    kubernetes_sd_configs:\n(      .*\n)+", "", configuration)
                file.write_text(f"rule_files: [{RULES}]\n{rest}")
                promtool("check", "config", str(file))
    if len(found) != 2:
        raise Failed(f"docs/observability.md has {len(found)} configurations")
    return f"one for Kubernetes, one for ECS, each taken by promtool{without}"


def runbooks_exist() -> str:
    text = (ROOT / "docs/operations.md").read_text()
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    reason = ROOT / "src/main/java/dev/winnow/file/Reason.java"
    reasons = re.findall(r'^    [A-Z_]+\("([a-z.]+)"\)', reason.read_text(), re.M)
    links = re.findall(r"runbook: docs/operations\.md#([a-z-]+)$", RULES.read_text(), re.M)
    links += [reason.replace(".", "") for reason in reasons]
    missing = sorted(set(links) - anchors)
    if missing or not reasons:
        raise Failed(f"docs/operations.md has no headings for {missing}")
    return f"{len(links)} links lead to headings"


def panels() -> list[tuple[str, str]]:
    """Every query of the dashboard, by the title of its panel."""
    found = []
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"].replace("$__rate_interval", "1m").replace("$dataset", ".*")
            found.append((panel["title"], expression))
    return found


def get(service: Service, path: str) -> str:
    try:
        return _direct.open(f"http://127.0.0.1:{service.port}{path}", timeout=10).read().decode()
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


class Watched:
    """The service at work, with everything dropped that there is to be seen."""

    def __init__(self, stage: Stage, proxy: Proxy, service: Service, environment: dict, collector: Collector | None):
        self.stage = stage
        self.proxy = proxy
        self.service = service
        self.operator = Operator(service, environment)
        self.viewer = Operator(service, environment, "vera")
        self.collector = collector
        self.answers: list[str] = []
        self.batches: list[str] = []
        self.good: Dropped | None = None

    def work(self, prometheus: Prometheus) -> str:
        stage = self.stage
        stage.send([json.dumps({"Event": "s3:TestEvent"}), json.dumps({"winnow": {"command": "dance"}})])
        files = planted.files()
        dropped = {key: stage.drop(key, body) for key, body in files.items()}
        for key in (f"incoming/membership/{planted.NAMED}.csv", f"incoming/{planted.NAMED}/a.csv"):
            stage.drop(key, b"no file")
        bodies = planted.messages()
        stage.send(bodies)
        # A content that another has taken the place of, and one that is gone.
        stage.send([created(stage.bucket, f"incoming/membership/{name}.csv", "0" * 32, 9) for name in ("nul", "gone")])
        self.good = stage.drop("incoming/membership/good.csv", file_of([Member(n) for n in range(1, 2001)]))
        # Scrapes in between, so that every series is seen to grow.
        receipt = f"receipts/membership/{self.good.file_id}.json"
        until("the good file is committed", 60, lambda: receipt in stage.receipts())
        for number in range(8):
            members = [Member(n) for n in range(3000 * number, 3000 * number + 400)]
            stage.drop(f"incoming/membership/more-{number}.csv", file_of(members))
            time.sleep(0.5)
        until("the queue is drained", 90, lambda: stage.backlog() == 0)
        before = len(stage.keys("dead-letters/"))
        self.operator.post("/admin/sweep")
        hour = time.strftime("%Y-%m-%dT%H", time.gmtime())
        self.operator.post("/admin/consolidate", dataset="membership", hour=hour)
        until("the commands are done", 60, lambda: stage.backlog() == 0)
        self.operator.post("/admin/dead-letters/redrive", {"reason": "csv.malformed"})
        until("the redrive is done", 60, lambda: stage.backlog() == 0)
        self.refusals()
        self.looks(dropped["incoming/membership/rejected.csv"])
        until("Prometheus has the sweep", 30, lambda: prometheus.query("sum(winnow_sweeps_total) > 0"))
        time.sleep(5)
        return (
            f"{len(files)} planted files and {len(bodies)} messages, {len(stage.receipts())} committed, "
            f"{before} dead letters"
        )

    def outage(self) -> str:
        """S3 refuses each of its calls for a file of its own for a while, and one for ever."""
        stage, log = self.stage, self.service.log
        keys = {f"incoming/membership/outage-{call}.csv": call for call in sorted(STORE_CALLS)}
        keys["incoming/membership/exhausted.csv"] = "CopyObject"
        tag = hashlib.md5(planted.GOOD).hexdigest()
        ids = {key: file_id(stage.bucket, key, tag, len(planted.GOOD)) for key in keys}
        slow = s3_error(503, "SlowDown", "Please reduce your request rate.")
        denied = s3_error(403, "AccessDenied", "Access Denied")
        with contextlib.ExitStack() as mended, contextlib.ExitStack() as for_ever:
            for key, call in keys.items():
                context, act = (for_ever, denied) if "exhausted" in key else (mended, slow)
                context.enter_context(self.proxy.rule(self._of(call, key, ids[key]), act))
            for key in keys:
                stage.drop(key, planted.GOOD)
            lines = [f"postponed: file={each}" for each in ids.values()]
            until("every file is postponed", 60, lambda: all(line in log.read_text() for line in lines))
            mended.close()
            gone = f"dead-letters/membership/{ids['incoming/membership/exhausted.csv']}.json"
            until("the one is given up", 90, lambda: gone in stage.keys("dead-letters/"))
        wanted = {f"receipts/membership/{ids[key]}.json" for key in keys if "exhausted" not in key}
        until("the others are committed", 60, lambda: wanted <= set(stage.receipts()) and stage.backlog() == 0)
        return f"{len(keys)} files postponed at {len(STORE_CALLS)} calls, {len(wanted)} committed later, one exhausted"

    @staticmethod
    def _of(operation: str, key: str, file: str):
        return lambda call: call.operation == operation and (call.key == key or file in call.key)

    def batch(self) -> str:
        """What the command line prints and logs, to a program and to somebody at a terminal."""
        stage = Stage("observed-batch")
        for key, body in planted.files().items():
            stage.drop(key, body)
        stage.drop("incoming/membership/denied.csv", planted.GOOD)
        environment = {"AWS_ENDPOINT_URL": self.proxy.url} | QUICK | EVERY_LINE
        denied = s3_error(403, "AccessDenied", "Access Denied")
        exits = []
        with self.proxy.rule(lambda call: call.key == "incoming/membership/denied.csv", denied):
            for options in (["--dry-run"], []):
                with Command(stage, "batch", "--prefix", "incoming/", *options, **environment) as command:
                    ended = command.end()
                exits.append(ended.exit_code)
                self.batches += [json.dumps(ended.lines), ended.stderr]
            options = ["--prefix", "incoming/", "--retry-dead-letters"]
            code, shown = on_a_terminal(stage, "batch", *options, **environment)
            exits.append(code)
            self.batches.append(shown)
        self.batches += [stage.read(key).decode() for prefix in PUBLIC for key in stage.keys(prefix)]
        self.batches += [json.dumps(letter) for letter in stage.dead_letters()]
        if exits != [75, 75, 75] or "csv.malformed" not in shown or '"level":"DEBUG"' not in ended.stderr:
            raise Failed(f"exit codes {exits}", ended.stderr[-800:], shown[-800:])
        found = [leak for text in self.batches for leak in planted.leaks(f"a batch, as {text[:60]},", text)]
        if found:
            raise Failed(*found)
        return f"nothing of the planted person in {sum(map(len, self.batches)):,} characters of three batches"

    def flood(self) -> str:
        """What others have a say in: datasets by folder and command, and the status of whatever answers as S3."""
        names = [secrets.token_hex(6) for _ in range(150)]
        for name in names[:30]:
            self.stage.drop(f"incoming/{name}/a.csv", planted.GOOD)
        hour = "2026-11-24T08"
        self.stage.send(
            [json.dumps({"winnow": {"command": "consolidate", "dataset": name, "hour": hour}}) for name in names]
        )
        until("the flood is over", 120, lambda: self.stage.backlog() == 0)
        file = "f" * 24
        with self.proxy.rule(lambda call: file in call.key, Answer(400)) as rule:
            for status in range(402, 600):
                if status not in (404, 429, 500, 502, 503, 504):
                    rule.act = Answer(status)
                    self.answers.append(json.dumps(self.operator.call("GET", f"/admin/files/{file}").body))
        scrape = meters.Scrape(get(self.service, "/q/metrics"))
        errors = scrape.labels["rpc_client_duration_seconds", "error_type"]
        if len(errors) != MOST_WORDS or OTHER not in errors:
            raise Failed(f"{rule.hits} answers of S3 made {len(errors)} words: {sorted(errors)}")
        for (name, label), words in scrape.labels.items():
            if len(words) > MOST_WORDS or (label == "dataset" and not words <= {"membership", "none"}):
                raise Failed(f"{name} has {len(words)} words for {label}: {sorted(words)[:20]}")
        if scrape.series > MOST_SERIES:
            raise Failed(f"{scrape.series} series of its own")
        return (
            f"{rule.hits} answers with a status of their own made {len(errors)} words, one of them '{OTHER}'; "
            f"{len(names)} datasets that nobody knows made none; {scrape.series} series in all"
        )

    def documented(self) -> str:
        scrape = meters.Scrape(get(self.service, "/q/metrics"))
        if (ends := scrape.labels["winnow_files_seconds", "outcome"]) != ENDINGS:
            raise Failed(f"files came to the ends {sorted(ends)}")
        return f"with files that were {', '.join(sorted(ENDINGS))}: {meters.agree(scrape)}"

    def refusals(self) -> None:
        """Calls that are refused, each with the planted person where a caller may put something."""
        z, mail = planted.NAME, planted.MAIL
        calls = [
            ("POST", "/admin/dead-letters/redrive", {"reason": mail}),
            ("POST", "/admin/dead-letters/redrive", {z: mail}),
            ("POST", "/admin/dead-letters/redrive", {"max": mail}),
            ("GET", "/admin/files/abc", None),
            ("GET", "/admin/dead-letters?limit=x", None),
        ]
        for method, path, body in calls:
            self.answers.append(json.dumps(self.operator.call(method, path, body).body))
        for body in planted.files().values():
            self.answers.append(self.validation(body))

    def looks(self, rejected: Dropped) -> None:
        """What a viewer is shown."""
        for path in (
            f"/admin/files/{rejected.file_id}",
            f"/admin/files/{rejected.file_id}/rejected",
            "/admin/latest-files",
            "/admin/search?key=rejected",
            "/admin/dead-letter-groups",
            "/admin/dead-letters?limit=1000",
            "/admin/audit",
        ):
            answer = self.viewer.call("GET", path)
            if answer.status != 200:
                raise Failed(f"GET {path} answers a viewer with {answer.status}: {answer.body}")
            self.answers.append(json.dumps(answer.body))
        url = f"http://127.0.0.1:{self.service.port}/admin/live"
        with _direct.open(urllib.request.Request(url, headers=self.viewer.headers), timeout=30) as live:
            while '"queue"' not in (line := live.readline().decode()):
                if not line:
                    raise Failed("the live stream ended before it told anything")
            self.answers.append(line)

    def validation(self, body: bytes) -> str:
        url = f"http://127.0.0.1:{self.service.port}/admin/validate?dataset=membership"
        request = urllib.request.Request(url, data=body, headers=self.operator.headers | {"Content-Type": "text/csv"})
        try:
            return _direct.open(request, timeout=30).read().decode()
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def dashboard(self, prometheus: Prometheus) -> str:
        problems = []
        queries = panels()
        for title, expression in queries:
            try:
                if not prometheus.query(expression):
                    problems.append(f"{title}: no series for {expression}")
            except Failed as failed:
                problems.append(f"{title}: {failed}")
        if problems:
            raise Failed(*problems)
        return f"{len(queries)} queries answered, none of them empty"

    def rules(self, prometheus: Prometheus) -> str:
        until("every rule is evaluated", 30, lambda: all(rule["health"] == "ok" for rule in prometheus.rules()))
        rules = prometheus.rules()
        for rule in rules:
            prometheus.query(rule["query"])
        # What an expression asks for must be there, or it could never ring.
        known = {name["metric"]["__name__"] for name in prometheus.query('group by (__name__) ({__name__=~".+"})')}
        asked = set(re.findall(r"\b(?:winnow|messaging|rpc_client)_[a-z_]+\b", RULES.read_text()))
        if lacking := sorted(asked - known):
            raise Failed(f"no series are called {lacking}")
        ringing = sorted(rule["name"] for rule in rules if rule["state"] != "inactive")
        # The refusals and the files that S3 did not take were the first of their kind.
        wanted = {"DeadLetters", "GivenUp", "AccessDenied", "StoreUnavailable", "Unprotected"}
        if not {f"Winnow{alert}" for alert in wanted} <= set(ringing):
            raise Failed(f"files were given up and calls refused, and these alerts ring: {ringing}")
        return f"{len(rules)} rules evaluated without an error; ringing or about to: {', '.join(ringing)}"

    def series(self, prometheus: Prometheus) -> str:
        own = prometheus.query('count by (__name__) ({__name__=~"(winnow|messaging|rpc)_.+"})')
        count = sum(int(float(sample["value"][1])) for sample in own)
        if count > MOST_SERIES:
            raise Failed(f"{count} series of its own")
        return f"{count} series of {len(own)} names"

    def traces(self) -> str:
        collector = self.required()
        until("the spans are there", 30, lambda: self.attempt_of(self.good.file_id))
        attempt = self.attempt_of(self.good.file_id)
        spans = [span for span in collector.spans() if span["traceId"] == attempt["traceId"]]
        message = next(span for span in spans if span["spanId"] == attempt["parentSpanId"])
        steps = [span["name"] for span in spans if span.get("parentSpanId") == attempt["spanId"]]
        if steps[:3] != ["look", "stage", "commit"] or steps[-1] != "remove" or "publish" not in steps:
            raise Failed(f"the steps of a file are {steps}")
        if attributes(message).get("messaging.system") != "aws_sqs" or message["kind"] != 5:
            raise Failed(f"the message's span is {message}")
        return f"process, take and {len(steps)} steps in one trace: {', '.join(steps)}"

    def continued(self) -> str:
        """Whoever sends a message may have it traced in his own trace, in either form."""
        collector = self.required()
        w3c, xray = secrets.token_hex(16), "6" + secrets.token_hex(16)[1:]
        body = self.good.event
        sqs.send_message(
            QueueUrl=self.stage.queue_url,
            MessageBody=body,
            MessageAttributes={"traceparent": {"DataType": "String", "StringValue": f"00-{w3c}-{'ab' * 8}-01"}},
        )
        sqs.send_message(
            QueueUrl=self.stage.queue_url,
            MessageBody=body,
            MessageSystemAttributes={
                "AWSTraceHeader": {
                    "DataType": "String",
                    "StringValue": f"Root=1-{xray[:8]}-{xray[8:]};Parent={'cd' * 8};Sampled=1",
                }
            },
        )
        for trace, parent in ((w3c, "ab" * 8), (xray, "cd" * 8)):
            until(
                f"the trace {trace} goes on",
                30,
                lambda: any(s["traceId"] == trace and s.get("parentSpanId") == parent for s in collector.spans()),
            )
        return "a traceparent attribute and an AWSTraceHeader are gone on with"

    def linked(self) -> str:
        collector = self.required()
        spans = {span["spanId"]: span for span in collector.spans()}
        links = [(span, link) for span in spans.values() for link in span.get("links", [])]
        for span, link in links:
            gave_up = spans.get(link["spanId"])
            if not gave_up or gave_up["traceId"] == span["traceId"]:
                raise Failed(f"a redriven message is linked to {gave_up}")
        if len(links) < 3:
            raise Failed(f"{len(links)} redriven messages are linked to the work that gave them up")
        return f"{len(links)} redriven messages are linked to the work that had given them up"

    def logged(self) -> str:
        lines = [json.loads(line) for line in self.service.log.read_text().splitlines() if line.startswith("{")]
        line = next(
            it for it in lines if it["message"].startswith("committed:") and self.good.file_id in it["message"]
        )
        wanted = {"fileId", "dataset", "read", "accepted", "rejected", "unreadable", "ms", "size"}
        wanted |= {"traceId"} if self.collector else set()
        lacking = sorted(wanted - set(line["mdc"]))
        if lacking:
            raise Failed(f"the line of a commit lacks {lacking}: {line}")
        of_file = [it for it in lines if self.good.file_id in it["message"] and it["loggerName"] == "dev.winnow.intake"]
        return f"one line a file and delivery ({len(of_file)} for 3), with {', '.join(sorted(wanted))}"

    def nobody(self) -> str:
        """The planted person is in no line, series, span, receipt, dead letter or answer."""
        stage, places = self.stage, {}
        places["the log"] = self.service.log.read_text(errors="replace")
        places["the metrics"] = get(self.service, "/q/metrics")
        places["the API's description"] = get(self.service, "/q/openapi")
        places["health"] = get(self.service, "/q/health")
        for number, answer in enumerate(self.answers):
            places[f"answer {number}"] = answer
        for number, body in enumerate(self.collector.bodies if self.collector else []):
            places[f"export {number}"] = body.decode()
        for prefix in PUBLIC:
            for key in stage.keys(prefix):
                places[key] = stage.read(key).decode()
        bodies = planted.messages()
        for number, letter in enumerate(stage.dead_letters()):
            # A message that is given up is its notice's body, so that it can be sent again.
            if letter["body"] in bodies:
                letter = letter | {"body": "as it was sent"}
            places[f"notice {number}, {letter.get('reason')}"] = json.dumps(letter)
        places["the listing"] = json.dumps(self.operator.letters(limit=1000))
        found = [leak for where, text in places.items() for leak in planted.leaks(where, text)]
        if found:
            raise Failed(*found)
        # Keys are how files are found, but never make series.
        if planted.NAMED in places["the metrics"] or planted.NAMED not in places["the log"]:
            raise Failed("a key is in the metrics, or in no line of the log")
        if '"level":"DEBUG"' not in places["the log"]:
            raise Failed("the log has no line of level DEBUG")
        # The person was really there.
        if not any(planted.LAST.encode() in stage.read(key) for key in stage.keys("successful/")):
            raise Failed("the planted person is in no output, so nothing was proved")
        return f"nothing of it in {len(places)} places, {sum(map(len, places.values())):,} characters"

    def halted(self) -> str:
        """A collector that takes connections and never answers costs nobody anything but spans."""
        collector = self.required()
        collector.halt()
        names = [f"incoming/membership/halted-{number}.csv" for number in range(40)]
        begin = time.monotonic()
        dropped = [self.stage.drop(name, file_of([Member(n) for n in range(1, 50)])) for name in names]
        wanted = {f"receipts/membership/{file.file_id}.json" for file in dropped}
        until("files are committed though the collector stands still", 60, lambda: wanted <= set(self.stage.receipts()))
        took = time.monotonic() - begin
        failed = re.findall(r'winnow_heartbeats_total\{result="failed"\} (\S+)', get(self.service, "/q/metrics"))
        if failed != ["0.0"]:
            raise Failed(f"failed heartbeats: {failed}")
        # A poll under way lasts up to 20 s, and is waited for.
        stopped = self.service.terminate(30)
        return f"40 files in {took:.1f} s, no heartbeat failed, and a stop took {stopped:.1f} s"

    def required(self) -> Collector:
        if not self.collector:
            raise Skipped("no collector can be built here")
        return self.collector

    def attempt_of(self, file_id: str) -> dict | None:
        for span in self.collector.spans():
            told = attributes(span)
            if told.get("winnow.file.id") == file_id and told.get("winnow.outcome") == "committed":
                return span
        return None


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        work = pathlib.Path(folder)
        proofs = Proofs(work)
        proofs.prove("alert rules", rules_hold)
        proofs.prove("scrape configurations", configurations_load)
        proofs.prove("runbook links", runbooks_exist)
        collector = stack.enter_context(Collector(os.environ["OTELCOL"], work)) if os.environ.get("OTELCOL") else None
        proxy = stack.enter_context(Proxy(os.environ["AWS_ENDPOINT_URL"]))
        environment = users() | users("vera", role="viewer") | QUICK | EVERY_LINE
        environment |= {"WINNOW_QUEUE_FIGURES_EVERY": "2S", "WINNOW_SWEEP_OLDER_THAN": "1S"}
        # An agent of ECS that is out of reach.
        environment |= {"AWS_ENDPOINT_URL": proxy.url, "ECS_AGENT_URI": "http://127.0.0.1:9/api/task"}
        if collector:
            environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        stage = Stage("observed").by_s3()
        service = stack.enter_context(Service(stage, environment=environment))
        watched = Watched(stage, proxy, service, environment, collector)
        prometheus = stack.enter_context(Prometheus(os.environ["PROMETHEUS"], RULES, service.port, work))
        proofs.prove("work", lambda: watched.work(prometheus))
        proofs.prove("an outage of S3", watched.outage)
        proofs.prove("the table of meters", watched.documented)
        proofs.prove("dashboard", lambda: watched.dashboard(prometheus))
        proofs.prove("alert expressions", lambda: watched.rules(prometheus))
        proofs.prove("series", lambda: watched.series(prometheus))
        proofs.prove("a trace from message to commit", watched.traces)
        proofs.prove("a sender's trace", watched.continued)
        proofs.prove("redriven", watched.linked)
        proofs.prove("log", watched.logged)
        proofs.prove("the command line", watched.batch)
        proofs.prove("a flood of labels", watched.flood)
        proofs.prove("nobody's data", watched.nobody)
        proofs.prove("a collector that stands still", watched.halted)
        skipped = f", {proofs.skipped} skipped" if proofs.skipped else ""
        print(f"{proofs.passed} passed, {proofs.failed} failed{skipped}")
        return 1 if proofs.failed else 0


if __name__ == "__main__":
    sys.exit(main())

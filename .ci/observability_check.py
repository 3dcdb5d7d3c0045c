"""Proves what is observed of the packaged service; see .ci/observability."""

import contextlib
import gzip
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

from harness.admin import Operator, users
from harness.membership import Member, file_of
from harness.observers import Collector, Prometheus, attributes
from harness.outcome import Failed, Skipped, until
from harness.service import ROOT, Service
from harness.stage import Dropped, Stage, sqs

RULES = ROOT / "observability/rules.yaml"
DASHBOARD = ROOT / "observability/dashboard.json"
# Somebody who is in every file, in every way that a file can fail, and may be in nothing that is observed.
ZELDA = {
    "name": "Zelda Quuxington",
    "last name": "Quuxington",
    "e-mail": "zelda.quux@planted.example.com",
    "number": "91919191",
    "number as sent": "9191 9191",
    "birthday": "1987-11-23",
    "birthday as kept": "19871123",
}
ROW = f"{ZELDA['name']},{ZELDA['e-mail']},{ZELDA['birthday']},{ZELDA['number as sent']}"
HEADER = "name,email,date_of_birth,mobile_no"
# What has no series while all is well.
EMPTY_PANELS = {"Protection against scale-in", "Steps that S3 did not carry out"}

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def planted() -> dict[str, bytes]:
    """Files by key, each of which fails in its own way, or not."""
    row = ROW.encode()
    head = HEADER.encode()
    return {
        "incoming/membership/accepted.csv": head + b"\n" + row + b"\n",
        "incoming/membership/rejected.csv": b"\n".join(
            [head, row.replace(b"9191 9191", b"9191"), row.replace(b"1987-11-23", b"1987-11-23x"), row + b",x", b""]
        ),
        "incoming/membership/long.csv": head + b"\n" + row + b"," + b"x" * 1_100_000 + b"\n",
        "incoming/membership/no-header.csv": row + b"\n" + row + b"\n",
        "incoming/membership/semicolons.csv": head.replace(b",", b";") + b"\n" + row.replace(b",", b";") + b"\n",
        "incoming/membership/doubled.csv": head + b"," + ZELDA["name"].encode() + b"," + ZELDA["name"].encode() + b"\n",
        "incoming/membership/quote.csv": head + b'\n"' + row + b'"' + ZELDA["e-mail"].encode() + b"\n",
        "incoming/membership/open-quote.csv": head + b'\n"' + row + b"\n" * 3,
        "incoming/membership/nul.csv": head + b"\n" + row + b"\0\n",
        "incoming/membership/latin.csv": head + b"\n" + row + b"\xe9\n",
        "incoming/membership/cut.csv.gz": gzip.compress(head + b"\n" + row * 1000)[:-9],
        "incoming/membership/empty.csv": b"",
        "incoming/nobody/of-no-dataset.csv": head + b"\n" + row + b"\n",
    }


def leaks(where: str, text: str) -> list[str]:
    return [f"{where} has the planted {what}" for what, value in ZELDA.items() if value in text]


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

    def __init__(self, proofs: Proofs, stage: Stage, service: Service, operator: Operator, collector: Collector | None):
        self.proofs = proofs
        self.stage = stage
        self.service = service
        self.operator = operator
        self.collector = collector
        self.answers: list[str] = []
        self.good: Dropped | None = None

    def work(self, prometheus: Prometheus) -> str:
        stage = self.stage
        stage.send([json.dumps({"Event": "s3:TestEvent"}), json.dumps({"winnow": {"command": "dance"}})])
        files = planted()
        for key, body in files.items():
            stage.drop(key, body)
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
        until("Prometheus has the sweep", 30, lambda: prometheus.query("sum(winnow_sweeps_total) > 0"))
        time.sleep(5)
        return f"{len(files)} planted files, {len(stage.receipts())} committed, {before} dead letters"

    def refusals(self) -> None:
        """Calls that are refused, each with the planted person where a caller may put something."""
        z, mail = ZELDA["name"], ZELDA["e-mail"]
        calls = [
            ("POST", "/admin/dead-letters/redrive", {"reason": mail}),
            ("POST", "/admin/dead-letters/redrive", {z: mail}),
            ("POST", "/admin/dead-letters/redrive", {"max": mail}),
            ("GET", "/admin/files/abc", None),
            ("GET", "/admin/dead-letters?limit=x", None),
        ]
        for method, path, body in calls:
            self.answers.append(json.dumps(self.operator.call(method, path, body).body))
        for body in planted().values():
            self.answers.append(self.validation(body))

    def validation(self, body: bytes) -> str:
        url = f"http://127.0.0.1:{self.service.port}/admin/validate?dataset=membership"
        request = urllib.request.Request(url, data=body, headers=self.operator.headers | {"Content-Type": "text/csv"})
        try:
            return _direct.open(request, timeout=30).read().decode()
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    def dashboard(self, prometheus: Prometheus) -> str:
        problems, empty = [], []
        queries = panels()
        for title, expression in queries:
            try:
                if not prometheus.query(expression):
                    empty.append(title)
                    if title not in EMPTY_PANELS:
                        problems.append(f"{title}: no series for {expression}")
            except Failed as failed:
                problems.append(f"{title}: {failed}")
        if problems:
            raise Failed(*problems)
        return f"{len(queries)} queries answered, {len(set(empty))} rightly empty ({', '.join(sorted(set(empty)))})"

    def rules(self, prometheus: Prometheus) -> str:
        until("every rule is evaluated", 30, lambda: all(rule["health"] == "ok" for rule in prometheus.rules()))
        rules = prometheus.rules()
        for rule in rules:
            prometheus.query(rule["query"])
        # What an expression asks for must be there, or it could never ring.
        known = {name["metric"]["__name__"] for name in prometheus.query('group by (__name__) ({__name__=~".+"})')}
        asked = set(re.findall(r"\b(?:winnow|messaging|rpc_client)_[a-z_]+\b", RULES.read_text()))
        lacking = sorted(name for name in asked - known if "scale_in" not in name)
        if lacking:
            raise Failed(f"no series are called {lacking}")
        ringing = sorted(rule["name"] for rule in rules if rule["state"] != "inactive")
        if "WinnowDeadLetters" not in ringing or "WinnowGivenUp" not in ringing:
            raise Failed(f"files were given up, and these alerts ring: {ringing}")
        return f"{len(rules)} rules evaluated without an error; ringing or about to: {', '.join(ringing)}"

    def series(self, prometheus: Prometheus) -> str:
        own = prometheus.query('count by (__name__) ({__name__=~"(winnow|messaging|rpc)_.+"})')
        count = sum(int(float(sample["value"][1])) for sample in own)
        if count > 1500:
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
        for prefix in ("receipts/", "dead-letters/", "redrives/", "audit/"):
            for key in stage.keys(prefix):
                places[key] = stage.read(key).decode()
        for letter in stage.dead_letters():
            places[f"the notice of {letter.get('key')}"] = json.dumps(letter)
        places["the listing"] = json.dumps(self.operator.get("/admin/dead-letters"))
        found = [leak for where, text in places.items() for leak in leaks(where, text)]
        if found:
            raise Failed(*found)
        # The person was really there.
        if not any(ZELDA["last name"].encode() in stage.read(key) for key in stage.keys("successful/")):
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
        stopped = self.service.terminate(20)
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
        proofs.prove("runbook links", runbooks_exist)
        collector = stack.enter_context(Collector(os.environ["OTELCOL"], work)) if os.environ.get("OTELCOL") else None
        environment = users() | {"WINNOW_QUEUE_FIGURES_EVERY": "2S", "WINNOW_SWEEP_OLDER_THAN": "1S"}
        if collector:
            environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
        stage = Stage("observed").by_s3()
        service = stack.enter_context(Service(stage, environment=environment))
        watched = Watched(proofs, stage, service, Operator(service, environment), collector)
        prometheus = stack.enter_context(Prometheus(os.environ["PROMETHEUS"], RULES, service.port, work))
        proofs.prove("work", lambda: watched.work(prometheus))
        proofs.prove("dashboard", lambda: watched.dashboard(prometheus))
        proofs.prove("alert expressions", lambda: watched.rules(prometheus))
        proofs.prove("series", lambda: watched.series(prometheus))
        proofs.prove("a trace from message to commit", watched.traces)
        proofs.prove("a sender's trace", watched.continued)
        proofs.prove("redriven", watched.linked)
        proofs.prove("log", watched.logged)
        proofs.prove("nobody's data", watched.nobody)
        proofs.prove("a collector that stands still", watched.halted)
        skipped = f", {proofs.skipped} skipped" if proofs.skipped else ""
        print(f"{proofs.passed} passed, {proofs.failed} failed{skipped}")
        return 1 if proofs.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Holds two builds of the image against what docs/image.md says: `.ci/image` runs it beside LocalStack."""

import argparse
import gzip
import hashlib
import http.server
import json
import pathlib
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
import traceback

from harness import membership
from harness.account import close, settled
from harness.container import Container, podman
from harness.outcome import Failed, until
from harness.stage import Stage

MB = 1000 * 1000
DRAIN = 25
STAND_INS = re.compile("s3proxy|elasticmq|pekko|jimfs|scala-library")
MUST_HAVE = {"io.quarkus:quarkus-core", "software.amazon.awssdk:s3", "software.amazon.awssdk:sqs", "dev.winnow:winnow"}


class Image:
    def __init__(self, tag: str):
        self.tag = tag
        self.told = json.loads(podman("image", "inspect", tag))[0]
        self.layers = self.told["RootFS"]["Layers"]
        # What made each layer, from the history's instructions that made one.
        made = [entry["created_by"] for entry in self.told["History"] if not entry.get("empty_layer")]
        self.made = [re.sub(r".*?(/app/\w+).*", r"\1", step) if "/app/" in step else "base" for step in made]
        self.root = pathlib.Path(podman("image", "mount", tag))

    def unmount(self) -> None:
        podman("image", "unmount", self.tag)


def configuration(image: Image) -> str:
    config = image.told["Config"]
    problems = []
    if config["User"] != "10001:0":
        problems.append(f"the user is {config['User']!r}")
    if config["Entrypoint"] != ["/app/runtime/bin/java", "@/app/service/java.args"]:
        problems.append(f"the entry point is {config['Entrypoint']}")
    if "8080/tcp" not in config.get("ExposedPorts", {}):
        problems.append("port 8080 is not exposed")
    if image.told.get("HealthCheck") or config.get("Healthcheck"):
        problems.append("there is a health check")
    for label in ("title", "description", "licenses", "version", "revision"):
        if not config["Labels"].get(f"org.opencontainers.image.{label}"):
            problems.append(f"no label {label}")
    if problems:
        raise Failed(*problems)
    return f"user {config['User']}, entry point in exec form, port 8080, {len(config['Labels'])} labels, no health check"


def contents(image: Image) -> str:
    shells, setuid, closed, programs = [], [], [], []
    for path in image.root.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        place, mode = path.relative_to(image.root), path.stat().st_mode
        if path.name in ("sh", "bash", "dash", "busybox", "ash", "zsh", "ksh", "apt", "apt-get", "dpkg"):
            shells.append(str(place))
        if mode & 0o6000:
            setuid.append(str(place))
        if place.parts[0] == "app" and not mode & 0o004:
            closed.append(str(place))
        if mode & 0o111 and not re.search(r"\.so(\.|$)|\.so$", path.name):
            programs.append(str(place))
    if shells or setuid or closed:
        raise Failed(f"shells: {shells}, setuid: {setuid}, not readable for everyone: {closed}")
    said = f"no shell, no package manager, nothing setuid, all of /app readable for anyone; {len(programs)} programs"
    return f"{said}: {', '.join(sorted(programs))}"


def bill_of_materials(image: Image) -> str:
    sbom = json.loads((image.root / "app/service/sbom.json").read_text())
    if sbom["bomFormat"] != "CycloneDX" or sbom["specVersion"] != "1.6":
        raise Failed(f"{sbom['bomFormat']} {sbom['specVersion']}")
    references = {part["bom-ref"] for part in sbom["components"]} | {sbom["metadata"]["component"]["bom-ref"]}
    named = {f"{part.get('group')}:{part['name']}" for part in sbom["components"]}
    hashes = {
        digest["content"]: part["name"]
        for part in sbom["components"]
        for digest in part.get("hashes", [])
        if digest["alg"] == "SHA-256"
    }
    problems = [f"not listed: {name}" for name in MUST_HAVE - named]
    problems += [f"listed: {name}" for name in named if STAND_INS.search(name)]
    for entry in sbom["dependencies"]:
        named_here = (entry["ref"], *entry.get("dependsOn", []))
        problems += [f"no such component: {reference}" for reference in named_here if reference not in references]
    jars = [*(image.root / "app/lib").rglob("*.jar"), *(image.root / "app/service").glob("*.jar")]
    for jar in jars:
        if hashes.pop(hashlib.sha256(jar.read_bytes()).hexdigest(), None) is None:
            problems.append(f"a jar that is not listed: {jar.name}")
    problems += [f"listed and not there: {name}" for name in hashes.values()]
    if problems:
        raise Failed(*problems)
    listed = f"CycloneDX {sbom['specVersion']}, {len(sbom['components'])} components"
    return f"{listed}: every jar of the image by its SHA-256, no other, no stand-in"


def reproducible(one: Image, other: Image) -> str:
    if len(one.layers) != len(other.layers):
        raise Failed(f"{len(one.layers)} layers and {len(other.layers)}")
    differ = [made for made, a, b in zip(one.made, one.layers, other.layers, strict=True) if a != b]
    if set(differ) - {"/app/cache"}:
        raise Failed(f"layers that differ: {differ}")
    return f"{len(one.layers)} layers {one.made}; of two builds differ: {differ or 'none'}"


def size(image: Image) -> str:
    parts = []
    for folder in sorted((image.root / "app").iterdir()):
        total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        parts.append(f"{folder.name} {total / MB:.0f}")
    with tempfile.TemporaryDirectory() as temporary:
        archive = pathlib.Path(temporary) / "image"
        podman("save", "--quiet", "--format", "docker-dir", "--compress", "--output", str(archive), image.tag)
        packed = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file())
    return f"{image.told['Size'] / MB:.0f} MB ({', '.join(parts)}), {packed / MB:.0f} MB gzipped as a registry has it"


class EcsAgent(http.server.BaseHTTPRequestHandler):
    asked: list[dict] = []

    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body | {"path": self.path})
        answer = json.dumps({"protection": {"ProtectionEnabled": body["ProtectionEnabled"], "TaskArn": "arn"}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def at_work(image: Image) -> str:
    stage = Stage("image", visibility=30).by_s3()
    agent = http.server.ThreadingHTTPServer(("127.0.0.1", 0), EcsAgent)
    threading.Thread(target=agent.serve_forever, daemon=True).start()
    ecs = {
        "ECS_AGENT_URI": f"http://127.0.0.1:{agent.server_port}/api/4711",
        "ECS_CONTAINER_METADATA_URI_V4": f"http://127.0.0.1:{agent.server_port}/v4/4711",
    }
    with Container(image.tag, stage, environment=ecs) as service:
        counts = (50, 500, 500, 20_000)
        plain, packed, framed, many = (membership.members(1 + 100_000 * n, count) for n, count in enumerate(counts))
        files = {
            "incoming/membership/plain.csv": (plain, membership.file_of(plain)),
            "incoming/membership/packed.csv.gz": (packed, gzip.compress(membership.file_of(packed))),
            "incoming/membership/framed.csv.zst": (framed, membership.zstd(membership.file_of(framed))),
            "incoming/membership/many.csv": (many, membership.file_of(many)),
        }
        dropped = [stage.drop(key, body) for key, (_, body) in files.items()]
        settled(stage, service, files=len(files), within=120)
        totals = close(stage, service, dropped, {key: members for key, (members, _) in files.items()})
        peak = service.peak()
        uid = re.search(r"Uid:\s+(\d+)", pathlib.Path(f"/proc/{service.pid}/status").read_text())[1]
        until("protection asked for", 10, lambda: EcsAgent.asked)
        until("protection released", 60, lambda: not EcsAgent.asked[-1]["ProtectionEnabled"])
        seconds = service.terminate(DRAIN + 10)
        log, code = service.log.read_text(errors="replace"), service.exit_code
    agent.shutdown()
    problems = []
    if uid != "4711":
        problems.append(f"uid {uid}")
    if code not in (0, 143) or "stopped in" not in log:
        problems.append(f"SIGTERM: exit code {code}, 'stopped in' in the log: {'stopped in' in log}")
    first = EcsAgent.asked[0]
    if first != {"ProtectionEnabled": True, "ExpiresInMinutes": 10, "path": "/api/4711/task-protection/v1/state"}:
        problems.append(f"ECS was asked {first}")
    if "Read-only file system" in log or "WARNING" in log:
        found = next(line for line in log.splitlines() if "WARNING" in line or "Read-only" in line)
        problems.append(f"the log has: {found[:300]}")
    if problems:
        raise Failed(*problems)
    return (
        f"as uid {uid}, read-only with no /tmp, 512 MB, no capability: {totals}; peak resident set {peak / MB:.0f} MB; "
        f"SIGTERM ended it in {seconds:.1f} s with exit code {code}; "
        f"ECS was told {len(EcsAgent.asked)} times, last that the task may go"
    )


def command_line(image: Image) -> str:
    stage = Stage("image-commands").by_s3()
    members = membership.members(1, 50)
    # A letter beyond ASCII, which the JVM must not make a question mark of.
    stage.drop("incoming/membership/März/members.csv", membership.file_of(members))
    ran = {
        "--version": _ran(image, stage, "--version"),
        "batch": _ran(image, stage, "batch", "--prefix", "incoming/membership/März/"),
        "send": _ran(image, stage, "send", "sweep"),
        "nonsense": _ran(image, stage, "nonsense"),
    }
    codes = {name: code for name, (code, _) in ran.items()}
    if codes != {"--version": 0, "batch": 0, "send": 0, "nonsense": 2}:
        raise Failed(f"exit codes {codes}", *(said[-300:] for _, said in ran.values()))
    if not re.match(r"winnow \d", ran["--version"][1]):
        raise Failed(f"the version is {ran['--version'][1]!r}")
    if len(stage.receipts()) != 1 or '"read":50' not in ran["batch"][1].replace(" ", ""):
        raise Failed(f"the batch left {len(stage.receipts())} receipts and said: {ran['batch'][1][-500:]}")
    return f"{ran['--version'][1].strip()}; batch, send and an unknown command end with 0, 0 and 2"


def _ran(image: Image, stage: Stage, *arguments: str) -> tuple[int | None, str]:
    command = Container(image.tag, stage, *arguments)
    try:
        command.launch()
        until(f"{arguments[0]} ends", 90, lambda: not command.alive())
        return command.exit_code, command.log.read_text(errors="replace")
    finally:
        command.__exit__()


def cache_used(image: Image) -> str:
    stage = Stage("cache").by_s3()
    # With this mode the JVM ends at once if it cannot use the cache.
    with Container(image.tag, stage, java="-XX:AOTMode=on -Xlog:class+load") as service:
        service.keep_log()
        loaded = re.findall(r"\[class,load\] \S+ source: (.*)", service.log.read_text(errors="replace"))
    shared = sum("shared objects file" in source for source in loaded)
    if shared < 0.8 * len(loaded):
        raise Failed(f"{shared} of {len(loaded)} classes are from the cache")
    return f"{shared:,} of {len(loaded):,} classes until ready are from the cache"


def cache_not_needed(image: Image) -> str:
    stage = Stage("no-cache").by_s3()
    said = []
    with tempfile.TemporaryDirectory() as folder:
        damaged = pathlib.Path(folder) / "damaged"
        damaged.write_bytes(b"no cache" * 1000)
        damaged.chmod(0o644)
        for title, java, mounts in (
            ("damaged", "", (f"{damaged}:/app/cache/winnow.aot:ro",)),
            ("missing", "", (f"{folder}:/app/cache:ro",)),
            ("a heap of 96 MB", "-Xmx96m", ()),
        ):
            pathlib.Path(folder).chmod(0o755)
            with Container(image.tag, stage, java=java, mounts=mounts) as service:
                said.append(f"{title} {service.ready_after:.1f} s")
    return "ready all the same: " + ", ".join(said)


def start_times(image: Image, pairs: int) -> str:
    stage = Stage("start").by_s3()
    took: dict[str, list[tuple[float, float]]] = {"auto": [], "off": []}
    for _ in range(pairs):
        for mode, times in took.items():
            with Container(image.tag, stage, user=None, java=f"-XX:AOTMode={mode}") as service:
                times.append((service.ready_after, service.processor_time()))
    said = []
    for title, times in (("with the cache", took["auto"]), ("without", took["off"])):
        ready, processor = (statistics.median(column) for column in zip(*times, strict=True))
        said.append(f"{title} {ready:.1f} s, {processor:.1f} s of processor time {[round(time, 1) for time, _ in times]}")
    return f"start to ready, medians of {pairs} pairs: {'; '.join(said)}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("one")
    arguments.add_argument("other")
    arguments.add_argument("--pairs", type=int, default=5, help="how many starts with and without the cache")
    chosen = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    one, other = Image(chosen.one), Image(chosen.other)
    passed = failed = 0
    for title, check in (
        ("configuration", lambda: configuration(one)),
        ("contents", lambda: contents(one)),
        ("bill of materials", lambda: bill_of_materials(one)),
        ("reproducible", lambda: reproducible(one, other)),
        ("size", lambda: size(one)),
        ("at work", lambda: at_work(one)),
        ("command line", lambda: command_line(one)),
        ("cache used", lambda: cache_used(one)),
        ("cache not needed", lambda: cache_not_needed(one)),
        ("start", lambda: start_times(one, chosen.pairs)),
    ):
        begin = time.monotonic()
        try:
            result, said = "ok", check()
            passed += 1
        except Failed as problem:
            result, said = "FAIL", str(problem)
            failed += 1
        except Exception:
            result, said = "FAIL", traceback.format_exc()
            failed += 1
        print(f"{result:4} {title}: {said.replace('\n', '\n     ')} ({time.monotonic() - begin:.0f} s)", flush=True)
    one.unmount()
    other.unmount()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

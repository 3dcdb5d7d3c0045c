"""The SDK's HTTP clients beside each other: the calls of S3 that files take, and nothing else, by cold processes."""

import pathlib
import subprocess

from measure import places
from measure.engines import own_environment
from measure.process import Cost, Process
from measure.standins import StandIns

_FOLDER = places.ROOT / "bench/clients"
CLIENTS = ("apache", "url-connection", "crt", "netty-async", "crt-async")


def small(standins: StandIns, client: str, files: int) -> Cost:
    """So many small files, of five calls each, one after another."""
    with standins.stage() as stage:
        return _run(standins, client, stage.bucket, "small", str(files))


def large(standins: StandIns, client: str, source: pathlib.Path) -> Cost:
    """A file read to its end, and 200 MiB written by parts."""
    with standins.stage() as stage:
        put = stage.put(source, source.name)
        return _run(standins, client, stage.bucket, "large", put.key)


def _run(standins: StandIns, client: str, bucket: str, *work: str) -> Cost:
    environment = own_environment() | standins.credentials()
    command = [
        places.java(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        _class_path(),
        "dev.winnow.clients.Calls",
        client,
        standins.s3_url,
        bucket,
        *work,
    ]
    with Process(command, environment, places.WORK / f"client-{client}.log") as process:
        return process.end()


def _class_path() -> str:
    classes, listed, pom = places.WORK / "clients", places.WORK / "clients-class-path", _FOLDER / "pom.xml"
    sources = sorted(_FOLDER.rglob("*.java"))
    if not listed.is_file() or listed.stat().st_mtime < max(each.stat().st_mtime for each in [pom, *sources]):
        places.maven("-f", str(pom), "dependency:build-classpath", f"-Dmdep.outputFile={listed}.new")
        libraries = pathlib.Path(f"{listed}.new").read_text().strip()
        javac = f"{places.java()}c"
        subprocess.run([javac, "-proc:none", "-nowarn", "-cp", libraries, "-d", str(classes), *map(str, sources)], check=True)
        pathlib.Path(f"{listed}.new").rename(listed)
    return f"{classes}:{listed.read_text().strip()}"

#!/usr/bin/env python3
"""The DAGs of airflow/, run without an account: `.ci/airflow`, which see."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable

from harness import membership
from harness.account import close
from harness.batch import Command
from harness.ecs_stub import EcsStub
from harness.outcome import Failed, Skipped
from harness.service import JAR, LOGS, ROOT, java
from harness.stage import Stage, each

DAGS = ROOT / "airflow/dags"
PREFIX = "incoming/membership/"
# Airflow takes seconds to start, and minutes on a machine with much to do.
WITHIN = 900
KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: none
contexts: [{name: none, context: {cluster: none, user: none}}]
clusters: [{name: none, cluster: {server: "http://127.0.0.1:9"}}]
users: [{name: none, user: {}}]
"""
BAD = b"\x00\x01\x02 no CSV"


class Airflow:
    """An Airflow of its own, its database in a temporary folder."""

    def __init__(self, environment: pathlib.Path, home: pathlib.Path):
        self._bin = environment / "bin"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WINNOW_", "AIRFLOW_"))}
        # To render a pod the operator asks for a cluster, and asks nothing of it.
        (home / "kubeconfig").write_text(KUBECONFIG)
        self._environment = kept | {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__FERNET_KEY": "",
            "AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT": str(WITHIN),
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
            "KUBECONFIG": str(home / "kubeconfig"),
            "PATH": f"{self._bin}:{os.environ['PATH']}",
            # Nothing is written beside the sources.
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(DAGS),
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self._bin / arguments[0], *arguments[1:]],
            env=self._environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=WITHIN,
            check=False,
        )

    def python(self, program: str, **environment: str) -> str:
        """What a program prints behind the mark, for the rest is Airflow's log."""
        ended = self.run("python", "-W", "default", "-c", program, **environment)
        if ended.returncode:
            raise Failed(f"exit code {ended.returncode}:", *ended.stdout.splitlines()[-12:])
        return ended.stdout

    def test(self, dag: str, **environment: str) -> tuple[dict[str, str], str]:
        """`airflow dags test`: the state of the run and of its batch task, and all that was said."""
        ended = self.run("airflow", "dags", "test", dag, **environment)
        LOGS.mkdir(parents=True, exist_ok=True)
        with (LOGS / f"airflow-{dag}.log").open("a") as log:
            log.write(ended.stdout)
        said = re.sub(r"\x1b\[[0-9;]*m", "", ended.stdout)
        state = re.search(r"DagRun Finished.*?\bstate=(\w+)", said) or re.search(r"Marking run .* (\w+)", said)
        if not state:
            raise Failed(f"{dag}: no end of its run is told:", *said.splitlines()[-12:])
        return state[1], said


def imports(airflow: Airflow) -> str:
    said = airflow.python(
        "import json, warnings\n"
        "warnings.simplefilter('always')\n"
        "from airflow.dag_processing.dagbag import DagBag\n"
        f"bag = DagBag({str(DAGS)!r})\n"
        "print('MARK', json.dumps([sorted(bag.dags), bag.import_errors, bag.captured_warnings]))\n"
    )
    dags, errors, warned = json.loads(said.split("MARK ")[-1].splitlines()[0])
    if errors or dags != ["winnow_ecs", "winnow_kubernetes", "winnow_local"]:
        raise Failed(f"{dags}: {errors}")
    own = [line for lines in warned.values() for line in lines if str(DAGS) in line]
    own += [line for line in said.splitlines() if "Warning" in line and str(DAGS) in line]
    if own:
        raise Failed(*own)
    return f"{', '.join(dags)}: no import error, no warning"


def exit_codes(airflow: Airflow) -> str:
    said = airflow.python(
        "import json\n"
        "from winnow_batch import judge\n"
        "def told(code):\n"
        "    try:\n"
        "        return judge(code) or 'success'\n"
        "    except Exception as e:\n"
        "        return type(e).__name__\n"
        "print('MARK', json.dumps({str(code): told(code) for code in (0, 1, 2, 3, 75, 137, 143)}))\n"
    )
    seen = json.loads(said.split("MARK ")[-1].splitlines()[0])
    fail, retry = "AirflowFailException", "AirflowException"
    wanted = {"0": "success", "1": fail, "2": fail, "3": "success", "75": retry, "137": retry, "143": retry}
    if seen != wanted:
        raise Failed(f"{seen} instead of {wanted}")
    return "0 and 3 succeed, 1 and 2 fail at once, 75 and kills are tried again"


def local(airflow: Airflow) -> str:
    stage = Stage("airflow")
    files = {f"{PREFIX}{number:02d}.csv": membership.members(1 + 30 * number, 30) for number in range(20)}
    dropped = each(lambda key: stage.drop(key, membership.file_of(files[key])), files)
    bad = stage.drop(f"{PREFIX}bad.csv", BAD)
    settings = {
        "WINNOW_BUCKET": stage.bucket,
        "WINNOW_QUEUE": stage.queue,
        "WINNOW_DEAD_LETTER_QUEUE": stage.dead_letter_queue,
        "WINNOW_JAVA": java(),
        "WINNOW_JAVA_OPTIONS": "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "WINNOW_JAR": str(JAR),
    }
    state, said = airflow.test("winnow_local", **settings)
    _expect("state of the run with a dead letter", state, "success", said)
    _expect("exit code", re.findall(r"exit code (\d+)", said)[:1], ["3"], said)
    if "Winnow made dead letters" not in said:
        raise Failed("no warning of the dead letter")
    if membership.MARK in said:
        raise Failed("Airflow's log holds personal data of the dropped files")
    with Command(stage, "--version") as version:
        version.end()
        totals = close(stage, version, dropped, files, given_up=[bad], reason="csv.malformed")

    state, said = airflow.test("winnow_local", **settings)
    _expect("exit code of the next run", re.findall(r"exit code (\d+)", said)[:1], ["0"], said)
    _expect("state of the next run", state, "success", said)
    state, said = airflow.test("winnow_local", **settings | {"WINNOW_DEAD_LETTER_QUEUE": "nosuch"})
    _expect("exit code without the queue", re.findall(r"exit code (\d+)", said)[:1], ["2"], said)
    _expect("state without the queue", state, "failed", said)
    return f"{totals}; exit codes seen: 3 (success, with a warning), 0 (success), 2 (failed, no retry)"


def ecs(airflow: Airflow) -> str:
    stage = Stage("airflow-ecs")
    stage.drop(f"{PREFIX}a.csv", BAD)
    settings = {
        "WINNOW_BUCKET": stage.bucket,
        "WINNOW_ECS_CLUSTER": "the-cluster",
        "WINNOW_ECS_TASK_DEFINITION": "the-task",
        "WINNOW_ECS_SUBNETS": "subnet-1,subnet-2",
        "WINNOW_ECS_SECURITY_GROUPS": "sg-1",
        "WINNOW_ECS_POLL_SECONDS": "1",
    }
    seen = []
    for exit_code, wanted in ((0, "success"), (3, "success"), (1, "failed")):
        with EcsStub(exit_code) as stub:
            state, said = airflow.test("winnow_ecs", AWS_ENDPOINT_URL_ECS=stub.url, **settings)
        _expect(f"state with exit code {exit_code}", state, wanted, said)
        _expect("tasks run", len(stub.ran), 1, said)
        asked = stub.ran[0]
        override = {"name": "winnow", "command": ["batch", "--prefix", PREFIX]}
        _expect("overrides", asked["overrides"], {"containerOverrides": [override]}, said)
        _expect("cluster and task", [asked["cluster"], asked["taskDefinition"]], ["the-cluster", "the-task"], said)
        _expect("subnets", asked["networkConfiguration"]["awsvpcConfiguration"]["subnets"], ["subnet-1", "subnet-2"], said)
        seen.append(f"{exit_code} ({state})")
    return f"exit codes came back from RunTask and DescribeTasks: {', '.join(seen)}"


def kubernetes(airflow: Airflow) -> str:
    said = airflow.python(
        "import json\n"
        "from kubernetes.client import ApiClient\n"
        "from winnow_kubernetes import PodBatchOperator\n"
        "from airflow.dag_processing.dagbag import DagBag\n"
        f"bag = DagBag({str(DAGS)!r})\n"
        "pod = bag.dags['winnow_kubernetes'].get_task('batch').build_pod_request_obj()\n"
        "print('MARK', json.dumps(ApiClient().sanitize_for_serialization(pod)))\n"
    )
    pod = json.loads(said.split("MARK ")[-1].splitlines()[0])
    spec = pod["spec"]
    [container] = [each for each in spec["containers"] if each["name"] == "winnow"]
    _expect("containers", len(spec["containers"]), 1, said)
    _expect("arguments", container["args"], ["batch", "--prefix", PREFIX], said)
    _expect("command", container.get("command", []), [], said)
    _expect("restart policy", spec.get("restartPolicy", "Never"), "Never", said)
    base, against = _base()
    for name in ("serviceAccountName", "automountServiceAccountToken", "enableServiceLinks", "securityContext",
                 "terminationGracePeriodSeconds", "volumes"):
        _expect(name, spec.get(name), base["spec"][name], said)
    for name in ("securityContext", "volumeMounts", "resources"):
        _expect(name, container.get(name), base["container"][name], said)
    refs = [source for source in base["container"]["envFrom"] if "admin" not in json.dumps(source)]
    _expect("envFrom", container["envFrom"], refs, said)
    return f"the pod has the env, security context, volumes and resources of {against}"


def _base() -> tuple[dict, str]:
    """What the Deployment's pods are."""
    deployment = ROOT / "k8s/base/deployment.yaml"
    if deployment.is_file():
        import yaml

        spec = yaml.safe_load(deployment.read_text())["spec"]["template"]["spec"]
        [container] = [each for each in spec["containers"] if each["name"] == "winnow"]
        return {"spec": spec, "container": container}, "k8s/base"
    spec = {
        "serviceAccountName": "winnow",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 110,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": 10001,
            "runAsGroup": 10001,
            "fsGroup": 10001,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}],
    }
    container = {
        "envFrom": [
            {"configMapRef": {"name": "winnow"}},
            {"secretRef": {"name": "winnow-credentials", "optional": True}},
        ],
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],
        "resources": {
            "requests": {"cpu": "500m", "memory": "1Gi", "ephemeral-storage": "64Mi"},
            "limits": {"memory": "1Gi", "ephemeral-storage": "256Mi"},
        },
    }
    return {"spec": spec, "container": container}, "a restricted pod"


def _expect(what: str, seen: object, wanted: object, said: str) -> None:
    if seen != wanted:
        raise Failed(f"{what}: {seen!r} instead of {wanted!r}", *said.splitlines()[-8:])


CHECKS: dict[str, tuple[str, Callable[[Airflow], str]]] = {
    "imports": ("DAGs imported", imports),
    "exit-codes": ("exit codes judged", exit_codes),
    "kubernetes": ("pod for Kubernetes", kubernetes),
    "ecs": ("ECS, on a stub", ecs),
    "local": ("local jar, on LocalStack", local),
}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("environment", type=pathlib.Path, help="the folder of a Python environment with Airflow")
    arguments.add_argument("check", nargs="*", metavar="CHECK", help=f"of {', '.join(CHECKS)}")
    chosen = arguments.parse_args()
    if unknown := set(chosen.check) - set(CHECKS):
        arguments.error(f"no such check: {', '.join(sorted(unknown))}")
    home = pathlib.Path(tempfile.mkdtemp(prefix="winnow-airflow-"))
    count = {"ok": 0, "FAIL": 0, "skip": 0}
    try:
        airflow = Airflow(chosen.environment, home)
        migrated = airflow.run("airflow", "db", "migrate")
        if migrated.returncode:
            print(f"FAIL airflow db migrate: {migrated.stdout[-2000:]}")
            return 1
        for title, check in (CHECKS[name] for name in chosen.check or CHECKS):
            try:
                if check is local and not JAR.is_file():
                    raise Skipped(f"there is no {JAR}; ./mvnw package makes it")
                result, said = "ok", check(airflow)
            except Skipped as skipped:
                result, said = "skip", str(skipped)
            except Failed as failed:
                result, said = "FAIL", str(failed)
            except Exception:
                result, said = "FAIL", traceback.format_exc()
            count[result] += 1
            print(f"{result:4} {title}: {said.replace('\n', '\n     ')}", flush=True)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    skipped = f", {count['skip']} skipped" if count["skip"] else ""
    print(f"{count['ok']} passed, {count['FAIL']} failed{skipped}")
    return 1 if count["FAIL"] else 0


if __name__ == "__main__":
    sys.exit(main())

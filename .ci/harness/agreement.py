"""What Terraform makes, held against the service, its docs and the manifests in k8s/: the same names and numbers."""

import json
import re
from collections.abc import Callable, Iterator

from harness.infrastructure import ROOT, SOURCE, Installation

MAIN = ROOT / "src/main"
OPERATIONS = ROOT / "docs/operations.md"
K8S = ROOT / "k8s"
IMAGE = ROOT / "image/java.args"
# Of the platform, the AWS SDK and the JVM.
FOREIGN = ("AWS_", "QUARKUS_", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")


class Disagreement(Exception):
    """The same thing said in two ways."""


def agree(what: str, one: object, other: object) -> None:
    if one != other:
        raise Disagreement(f"{what}: {one} here, {other} there")


def settings(installed: dict[str, Installation]) -> str:
    """Every variable that the service is given is one that it reads."""
    known = set(_keys())
    given = {"ecs": set(_container(installed["ecs"]))}
    given["eks"] = set(dict(_lines(installed["eks"].outputs["environment_file"])))
    given["docs"] = set(re.findall(r"`(WINNOW_[A-Z_]+)`", OPERATIONS.read_text()))
    for file in sorted(K8S.rglob("*.env")):
        given[str(file.relative_to(K8S.parent))] = set(dict(_lines(file.read_text())))
    own = set()
    for where, names in given.items():
        for name in names:
            key = re.sub(r"ADMIN_USERS_[A-Z0-9]+_(PASSWORD|ROLE)$", r"ADMIN_USERS_NAME_\1", name)
            if key not in known and not key.startswith(FOREIGN):
                raise Disagreement(f"{where} sets {name}, which the service does not read")
            own.update({key} & known)
    return f"{len(own)} settings in {len(given)} places are all among the {len(known)} that the service reads"


def times(installed: dict[str, Installation]) -> str:
    """Drain before grace period, visibility before retention, and the same grace on EKS as in k8s/."""
    said = []
    container = _container(installed["ecs"])
    stop = _definition(installed["ecs"])["stopTimeout"]
    drain = _seconds(container["WINNOW_DRAIN"])
    if not 20 < drain < stop <= 120:
        raise Disagreement(f"a drain of {drain} s in a stopTimeout of {stop} s")
    said.append(f"drain {drain} s < stopTimeout {stop} s")
    queue = installed["ecs"].one("aws_sqs_queue", "this")
    if not queue["visibility_timeout_seconds"] < queue["message_retention_seconds"]:
        raise Disagreement("messages are gone before they are visible again")
    share = int(re.search(r"heap_percent = (\d+)", (SOURCE / "modules/sizing/main.tf").read_text())[1])
    if IMAGE.is_file():
        agree("the heap's share of the memory", share, int(re.search(r"MaxRAMPercentage=(\d+)", IMAGE.read_text())[1]))
    memory = int(installed["ecs"].one("aws_ecs_task_definition", "this")["memory"])
    # The service's own rule: 16 MiB for every message, and a third for parts, of which a large file wants four.
    part = int(container["WINNOW_OUTPUT_PART_SIZE"].rstrip("M"))
    least = max(16 * int(container["WINNOW_CONCURRENCY"]), 3 * 4 * part)
    if memory * share / 100 < least:
        raise Disagreement(f"a heap of {share} % of {memory} MiB for {least} MiB")
    said.append(f"heap {share} % of {memory} MiB >= {least} MiB")
    base = K8S / "base/deployment.yaml"
    if base.is_file():
        grace = int(re.search(r"terminationGracePeriodSeconds: (\d+)", base.read_text())[1])
        eks = dict(_lines(installed["eks"].outputs["environment_file"]))
        pods = dict(_lines((K8S / "base/winnow.env").read_text()))
        agree("WINNOW_DRAIN on EKS", eks["WINNOW_DRAIN"], pods["WINNOW_DRAIN"])
        agree(
            "stop_timeout and terminationGracePeriodSeconds", installed["eks"].outputs["winnow"]["stop_timeout"], grace
        )
        said.append(f"drain {eks['WINNOW_DRAIN']} < grace period {grace} s in k8s/")
        backlog = re.search(r'queueLength: "(\d+)"', (K8S / "components/keda/scaled-object.yaml").read_text())
        agree(
            "backlog_per_task and queueLength", installed["eks"].outputs["winnow"]["backlog_per_task"], int(backlog[1])
        )
        said.append(f"queueLength {backlog[1]}")
    return ", ".join(said)


def documented(installed: dict[str, Installation]) -> str:
    """The commands of docs/operations.md make what Terraform makes."""
    text = OPERATIONS.read_text()
    queue = installed["ecs"].one("aws_sqs_queue", "this")
    dead_letters = installed["ecs"].one("aws_sqs_queue", "dead_letters")
    by_hand = json.loads(re.search(r"cat > queue.json <<EOF\n(.*?)\nEOF", text, re.S)[1])
    redrive = json.loads(by_hand["RedrivePolicy"].replace("$ARN", "arn"))
    agree("retention", str(queue["message_retention_seconds"]), by_hand["MessageRetentionPeriod"])
    agree("maxReceiveCount", str(json.loads(queue["redrive_policy"])["maxReceiveCount"]), redrive["maxReceiveCount"])
    agree("dead letters' retention", str(dead_letters["message_retention_seconds"]),
          re.search(r"winnow-dead-letters --attributes MessageRetentionPeriod=(\d+)", text)[1])  # fmt: skip
    (rule,) = json.loads(re.search(r"cat > lifecycle.json <<EOF\n(.*?)\nEOF", text, re.S)[1])["Rules"]
    (ours,) = [
        it
        for it in installed["ecs"].one("aws_s3_bucket_lifecycle_configuration", "this")["rule"]
        if it["id"] == rule["ID"]
    ]
    agree("days of uploads", ours["abort_incomplete_multipart_upload"][0]["days_after_initiation"],
          rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"])  # fmt: skip
    (by_hand_notice,) = json.loads(re.search(r"cat > notification.json <<EOF\n(.*?)\nEOF", text, re.S)[1])[
        "QueueConfigurations"
    ]
    (notice,) = installed["ecs"].one("aws_s3_bucket_notification", "this")["queue"]
    agree("events", notice["events"], by_hand_notice["Events"])
    agree("prefix", notice["filter_prefix"], by_hand_notice["Filter"]["Key"]["FilterRules"][0]["Value"])
    bodies = {target["input"] for it in installed["ecs"].every("aws_scheduler_schedule") for target in it["target"]}
    schedule = text.partition("## Schedule\n")[2].partition("\n## ")[0]
    agree("scheduled commands", bodies, set(re.search(r"```json\n(.*?)\n```", schedule, re.S)[1].splitlines()))
    return (
        f"retentions, maxReceiveCount, lifecycle, notification, {len(bodies)} commands as docs/operations.md has them"
    )


def places(installed: dict[str, Installation]) -> str:
    """The folders that the role may use are the service's prefixes; identities are those of k8s/."""
    prefixes = set(
        re.findall(r'@WithDefault\("([\w-]+/)"\)', (MAIN / "java/dev/winnow/receipt/Prefixes.java").read_text())
    )
    policy = json.dumps(installed["ecs"].service_policy())
    allowed = set(re.findall(r'arn:aws:s3:::[\w-]+/([\w-]+/)\*"', policy))
    agree("prefixes and folders", allowed, prefixes)
    said = [f"{len(prefixes)} prefixes"]
    associated = {
        f"{it['namespace']}/{it['service_account']}"
        for it in installed["eks"].every("aws_eks_pod_identity_association")
    }
    overlay, account = K8S / "overlays/eks/kustomization.yaml", K8S / "base/service-account.yaml"
    if overlay.is_file():
        namespace = re.search(r"^namespace: (\S+)", overlay.read_text(), re.M)[1]
        name = re.search(r"^  name: (\S+)", account.read_text(), re.M)[1]
        agree("service account", associated, {f"{namespace}/{name}", "keda/keda-operator"})
        said.append(f"service account {namespace}/{name}")
    user = _definition(installed["ecs"])["user"]
    if (base := K8S / "base/deployment.yaml").is_file():
        agree("user", user, re.search(r"runAsUser: (\d+)", base.read_text())[1])
    return ", ".join([*said, f"user {user}"])


def log_lines(_: dict[str, Installation]) -> str:
    """The words by which log lines become metrics are those that the service logs."""
    logs = (SOURCE / "modules/alarms/logs.tf").read_text()
    told = set(re.findall(r'loggerName = \\"([\w.-]+)\\".*?message = \\"([^"*\\]+)\*\\"', logs))
    sources = [file.read_text() for file in (MAIN / "java").rglob("*.java")]
    for logger, begin in told:
        logged = [text for text in sources if f'"{logger}"' in text and f'"{begin}' in text]
        if not logged:
            raise Disagreement(f"no class logs '{begin}...' as {logger}")
    return f"{len(told)} log lines are found in the code that logs them"


AGREEMENTS: dict[str, Callable[[dict[str, Installation]], str]] = {
    "settings": settings,
    "times": times,
    "docs": documented,
    "places": places,
    "log lines": log_lines,
}


def _definition(installation: Installation) -> dict:
    (container,) = json.loads(installation.one("aws_ecs_task_definition", "this")["container_definitions"])
    return container


def _container(installation: Installation) -> dict[str, str]:
    """The container's variables; of its secrets the names alone."""
    definition = _definition(installation)
    plain = {variable["name"]: variable["value"] for variable in definition["environment"]}
    return plain | {secret["name"]: "" for secret in definition["secrets"]}


def _lines(text: str) -> list[tuple[str, str]]:
    pairs = (line.partition("=") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [(name, value) for name, _, value in pairs]


def _seconds(duration: str) -> int:
    return int(re.fullmatch(r"(\d+)S", duration)[1])


def _keys() -> Iterator[str]:
    """The environment's form of every key that the service maps."""
    for file in (MAIN / "java").rglob("*.java"):
        text = file.read_text()
        if prefix := re.search(r'@ConfigMapping\(prefix = "([\w.-]+)"\)', text):
            groups = {name: body for name, body in re.findall(r"\n    interface (\w+) \{\n(.*?)\n    \}", text, re.S)}
            outer = re.sub(r"\n    interface \w+ \{\n.*?\n    \}", "", text, flags=re.S)
            for key in _members(outer, groups):
                yield f"{prefix[1]}.{key}".upper().replace(".", "_").replace("-", "_")


def _members(body: str, groups: dict[str, str]) -> Iterator[str]:
    body = re.sub(r"@\w+(\([^)]*\))? ", "", body)
    for type_, name in re.findall(r"^ +([\w.<>, ]+?) (\w+)\(\);", body, re.M):
        key = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"-{found[1].lower()}", name)
        group = re.search(r"\w+(?=>?$)", type_)[0]
        if group in groups:
            between = "NAME." if type_.startswith("Map<") else ""
            yield from (f"{key}.{between}{inner}" for inner in _members(groups[group], groups))
        else:
            yield key

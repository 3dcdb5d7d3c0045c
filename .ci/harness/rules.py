"""What must hold in every rendering of the manifests, and what each rule must notice."""

import copy
import re
from collections.abc import Callable, Iterator

from harness.manifests import ROOT, Manifest, Rendered

# What a stop needs beside its drain, in seconds.
RESERVE = 10


class Whole:
    """The objects of one rendering, by what they are."""

    def __init__(self, objects: list[Manifest]):
        self.objects = objects
        self.worker = self.of("Deployment")[0]
        self.pod = self.worker["spec"]["template"]["spec"]
        self.container = self.pod["containers"][0]
        jobs = [job["spec"]["jobTemplate"]["spec"]["template"] for job in self.of("CronJob")]
        self.templates = [self.worker["spec"]["template"], *jobs]
        self.settings = self.of("ConfigMap")[0]["data"]

    def of(self, *kinds: str) -> list[Manifest]:
        return [found for found in self.objects if found["kind"] in kinds]


def restricted(whole: Whole) -> Iterator[str]:
    """Every pod is unprivileged, has no token, a read-only root, a bounded /tmp, and as much memory as it asks for."""
    for template in whole.templates:
        pod = template["spec"]
        security = pod.get("securityContext", {})
        if not security.get("runAsNonRoot") or security.get("runAsUser") != 10001:
            yield "the pod may run as root, or as another user than the image's"
        if security.get("seccompProfile") != {"type": "RuntimeDefault"}:
            yield "no seccomp profile"
        if pod.get("automountServiceAccountToken") is not False or pod.get("enableServiceLinks") is not False:
            yield "the pod gets a token of the cluster, or the Services' variables"
        if [volume["name"] for volume in pod["volumes"] if volume.get("emptyDir", {}).get("sizeLimit")] != ["tmp"]:
            yield "/tmp has no limit"
        for container in pod["containers"]:
            inner = container.get("securityContext", {})
            if inner.get("allowPrivilegeEscalation") is not False or inner.get("capabilities") != {"drop": ["ALL"]}:
                yield f"{container['name']} may gain privileges"
            if (
                not inner.get("readOnlyRootFilesystem")
                or {"name": "tmp", "mountPath": "/tmp"} not in container["volumeMounts"]
            ):
                yield f"{container['name']}: the root file system is writable, or /tmp is not"
            asked, limit = container["resources"]["requests"], container["resources"]["limits"]
            if "cpu" not in asked or "cpu" in limit or asked.get("memory") != limit.get("memory"):
                yield f"{container['name']}: {asked} requested, {limit} at most"


def one_identity(whole: Whole) -> Iterator[str]:
    """Every pod runs under the service account that there is."""
    account = whole.of("ServiceAccount")[0]["metadata"]["name"]
    for template in whole.templates:
        if template["spec"].get("serviceAccountName") != account:
            yield f"a pod is not {account}"


def drains_in_time(whole: Whole) -> Iterator[str]:
    """The grace period is longer than the drain."""
    drain, grace = seconds(whole.settings["WINNOW_DRAIN"]), whole.pod.get("terminationGracePeriodSeconds", 30)
    if drain + RESERVE > grace:
        yield f"a drain of {drain} s needs more than {grace} s of grace"


def one_scaler(whole: Whole) -> Iterator[str]:
    """At most one owner of the replica count, and it lets pods go one by one."""
    scalers = whole.of("HorizontalPodAutoscaler", "ScaledObject")
    if "replicas" in whole.worker["spec"] or len(scalers) > 1:
        yield "the replica count has more than one owner"
    for scaler in scalers:
        spec = scaler["spec"]
        if spec["scaleTargetRef"]["name"] != whole.worker["metadata"]["name"]:
            yield "the scaler scales nothing"
        behavior = spec.get("behavior") or spec["advanced"]["horizontalPodAutoscalerConfig"]["behavior"]
        if behavior["scaleDown"]["policies"] != [{"type": "Pods", "value": 1, "periodSeconds": 60}]:
            yield "scale-in takes more than a pod a minute"


def counts_what_is_in_work(whole: Whole) -> Iterator[str]:
    """KEDA asks where workers poll, wakes one for the first message, counts those in flight, and does not freeze."""
    for scaler in whole.of("ScaledObject"):
        trigger = scaler["spec"]["triggers"][0]["metadata"]
        if (trigger.get("scaleOnInFlight"), trigger.get("activationQueueLength")) != ("true", "0"):
            yield "pods with work in hand count as idle, or a message waits for others"
        if trigger.get("queueURLFromEnv") != "WINNOW_QUEUE" or trigger.get("awsRegion") != whole.settings["AWS_REGION"]:
            yield "KEDA looks at another queue"
        if "WINNOW_QUEUE" in whole.settings and not re.fullmatch(
            r"https?://[^/]+/\d{12}/[\w-]+", whole.settings["WINNOW_QUEUE"]
        ):
            yield "the queue is no URL that KEDA reads"
        if scaler["spec"].get("fallback", {}).get("behavior") != "currentReplicasIfHigher":
            yield "the HPA freezes when the queue cannot be looked at"


def rolls_safely(whole: Whole) -> Iterator[str]:
    """An old pod goes only for one that has been ready for longer than readiness takes to fail."""
    spec, ready = whole.worker["spec"], whole.container["readinessProbe"]
    if spec["strategy"]["rollingUpdate"]["maxUnavailable"] != 0:
        yield "a rollout takes pods away before new ones work"
    if spec.get("minReadySeconds", 0) <= ready["periodSeconds"] * ready["failureThreshold"]:
        yield "a pod counts before its readiness can tell"


def probes_differ(whole: Whole) -> Iterator[str]:
    """Each probe asks its own question, at the port that the container has; a restart never follows AWS."""
    for probe, path in (("startupProbe", "started"), ("livenessProbe", "live"), ("readinessProbe", "ready")):
        if whole.container[probe]["httpGet"] != {"path": f"/q/health/{path}", "port": "http"}:
            yield f"{probe} is not about {path}"
    if whole.container["ports"] != [{"name": "http", "containerPort": 8080}]:
        yield "the port is another one"


def selects(whole: Whole) -> Iterator[str]:
    """Budget, Service and spread mean the workers alone; the network policy means every pod."""
    worker, *jobs = (template["metadata"]["labels"] for template in whole.templates)
    budget, service = whole.of("PodDisruptionBudget")[0]["spec"], whole.of("Service")[0]["spec"]
    selectors = [
        budget["selector"]["matchLabels"],
        service["selector"],
        whole.worker["spec"]["selector"]["matchLabels"],
    ]
    spreads = whole.pod["topologySpreadConstraints"]
    selectors += [spread["labelSelector"]["matchLabels"] for spread in spreads]
    for selector in selectors:
        if not selector.items() <= worker.items() or any(selector.items() <= job.items() for job in jobs):
            yield f"{selector} does not mean the workers"
    if {spread["topologyKey"] for spread in spreads} != {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}:
        yield "pods are not spread over zones and nodes"
    policy = whole.of("NetworkPolicy")[0]["spec"]
    if not all(policy["podSelector"]["matchLabels"].items() <= labels.items() for labels in (worker, *jobs)):
        yield "a pod is outside of the network policy"
    if set(policy["policyTypes"]) != {"Ingress", "Egress"} or any("from" not in rule for rule in policy["ingress"]):
        yield "the network policy lets everyone in, or everything out"


def scraped(whole: Whole) -> Iterator[str]:
    """Where Prometheus' operator is told of pods, it finds the workers alone, at a port that they have."""
    for monitor in whole.of("PodMonitor"):
        selector = monitor["spec"]["selector"]["matchLabels"]
        worker, *jobs = (template["metadata"]["labels"] for template in whole.templates)
        if not selector.items() <= worker.items() or any(selector.items() <= job.items() for job in jobs):
            yield f"{selector} does not mean the workers"
        ports = {port["name"] for port in whole.container["ports"]}
        for endpoint in monitor["spec"]["podMetricsEndpoints"]:
            if endpoint.get("port") not in ports or endpoint.get("path") != "/q/metrics":
                yield f"nothing is to be scraped at {endpoint}"


def settings_exist(whole: Whole) -> Iterator[str]:
    """Every WINNOW_ variable is one that docs/operations.md lists: the service takes no notice of another."""
    listed = set(re.findall(r"`(WINNOW_[A-Z_]+)`", (ROOT / "docs/operations.md").read_text()))
    known = [re.compile(name.replace("_NAME_", "_[A-Z0-9_]+_")) for name in listed]
    given = [name for found in whole.of("ConfigMap", "Secret") for name in found.get("data", {})]
    for name in given:
        if name.startswith("WINNOW_") and not any(form.fullmatch(name) for form in known):
            yield f"there is no setting {name}"


def refers_to_what_is_there(whole: Whole) -> Iterator[str]:
    """Every ConfigMap that a pod names is there, and so is every Secret that is not optional."""
    there = {(found["kind"], found["metadata"]["name"]) for found in whole.of("ConfigMap", "Secret")}
    for template in whole.templates:
        for source in template["spec"]["containers"][0]["envFrom"]:
            for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                wanted = source.get(field)
                if wanted and not wanted.get("optional") and (kind, wanted["name"]) not in there:
                    yield f"no {kind} {wanted['name']}"


def heap_suffices(whole: Whole) -> Iterator[str]:
    """The heap's share of the memory limit covers what docs/operations.md reckons for the outputs, and 100 MiB."""
    given = ROOT / "image/java.args"
    share = re.search(r"MaxRAMPercentage=(\d+)", given.read_text() if given.is_file() else "MaxRAMPercentage=60")
    heap = mebibytes(whole.container["resources"]["limits"]["memory"]) * int(share[1]) / 100
    part = int(whole.settings.get("WINNOW_OUTPUT_PART_SIZE", "5M").removesuffix("M"))
    needed = int(whole.settings.get("WINNOW_CONCURRENCY", "8")) * 2 * 2 * part + 100
    if heap < needed:
        yield f"a heap of {heap:.0f} MiB for {needed} MiB"


def asks_in_time(whole: Whole) -> Iterator[str]:
    """Scheduled commands neither overlap, hang, nor stop for ever after missed runs, and are ones that there are."""
    for job in whole.of("CronJob"):
        spec, inner = job["spec"], job["spec"]["jobTemplate"]["spec"]
        if (
            spec.get("concurrencyPolicy") != "Forbid"
            or not spec.get("startingDeadlineSeconds")
            or not spec.get("timeZone")
        ):
            yield "runs overlap, or stop for ever after 100 missed ones, or are in an unknown time zone"
        if not inner.get("activeDeadlineSeconds"):
            yield "a run that hangs stops all later ones"
        if inner["template"]["spec"]["containers"][0].get("args") not in (["send", "sweep"], ["send", "consolidate"]):
            yield "the command is not one of the service's"


RULES: tuple[Callable[[Whole], Iterator[str]], ...] = (
    restricted,
    one_identity,
    drains_in_time,
    one_scaler,
    counts_what_is_in_work,
    rolls_safely,
    probes_differ,
    selects,
    scraped,
    settings_exist,
    refers_to_what_is_there,
    heap_suffices,
    asks_in_time,
)


def problems(objects: list[Manifest]) -> list[str]:
    whole = Whole(objects)
    return [f"{rule.__name__}: {problem}" for rule in RULES for problem in rule(whole)]


def seconds(duration: str) -> int:
    """`90S` or `2M`, as settings are written."""
    return int(duration[:-1]) * {"S": 1, "M": 60, "H": 3600}[duration[-1].upper()]


def mebibytes(quantity: str) -> int:
    return int(quantity[:-2]) * {"Mi": 1, "Gi": 1024}[quantity[-2:]]


# Each breaks one rule, which must notice.
BROKEN: dict[str, tuple[Callable, Callable[[Whole], object]]] = {
    "a root user": (restricted, lambda it: it.pod["securityContext"].pop("runAsUser")),
    "a writable root in a job": (
        restricted,
        lambda it: it.templates[1]["spec"]["containers"][0]["securityContext"].pop("readOnlyRootFilesystem"),
    ),
    "a CPU limit": (restricted, lambda it: it.container["resources"]["limits"].update(cpu="1")),
    "another service account": (one_identity, lambda it: it.templates[1]["spec"].update(serviceAccountName="default")),
    "a drain as long as the grace": (drains_in_time, lambda it: it.settings.update(WINNOW_DRAIN="110S")),
    "a fixed replica count": (one_scaler, lambda it: it.worker["spec"].update(replicas=1)),
    "an HPA beside KEDA": (
        one_scaler,
        lambda it: it.objects.append({"kind": "HorizontalPodAutoscaler", "spec": it.of("ScaledObject")[0]["spec"]}),
    ),
    "messages in work not counted": (
        counts_what_is_in_work,
        lambda it: it.of("ScaledObject")[0]["spec"]["triggers"][0]["metadata"].update(scaleOnInFlight="false"),
    ),
    "a queue by name": (counts_what_is_in_work, lambda it: it.settings.update(WINNOW_QUEUE="winnow")),
    "no fallback": (counts_what_is_in_work, lambda it: it.of("ScaledObject")[0]["spec"].pop("fallback")),
    "no minReadySeconds": (rolls_safely, lambda it: it.worker["spec"].pop("minReadySeconds")),
    "liveness that follows AWS": (
        probes_differ,
        lambda it: it.container["livenessProbe"]["httpGet"].update(path="/q/health/ready"),
    ),
    "a budget that means the jobs too": (
        selects,
        lambda it: it.of("PodDisruptionBudget")[0]["spec"]["selector"]["matchLabels"].pop(
            "app.kubernetes.io/component"
        ),
    ),
    "a scrape of a port that is not there": (
        scraped,
        lambda it: it.of("PodMonitor")[0]["spec"]["podMetricsEndpoints"][0].update(port="metrics"),
    ),
    "a scrape of the jobs too": (
        scraped,
        lambda it: it.of("PodMonitor")[0]["spec"]["selector"]["matchLabels"].pop("app.kubernetes.io/component"),
    ),
    "a misspelt setting": (settings_exist, lambda it: it.settings.update(WINNOW_CONCURENCY="4")),
    "a ConfigMap that is not there": (
        refers_to_what_is_there,
        lambda it: it.container["envFrom"][0]["configMapRef"].update(name="winnow"),
    ),
    "outputs that need more heap": (heap_suffices, lambda it: it.settings.update(WINNOW_CONCURRENCY="32")),
    "runs that overlap": (asks_in_time, lambda it: it.of("CronJob")[0]["spec"].pop("concurrencyPolicy")),
}


def unnoticed(rendered: Rendered) -> list[str]:
    """Which of the broken manifests their rule takes for sound."""
    missed = []
    for name, (rule, harm) in BROKEN.items():
        whole = Whole(copy.deepcopy(rendered.objects))
        harm(whole)
        if not list(rule(Whole(whole.objects))):
            missed.append(name)
    return missed

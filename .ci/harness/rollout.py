"""What the API server and its controllers make of the manifests, on nodes that kwok plays."""

import collections
import json
import time
from collections.abc import Callable

from harness import manifests
from harness.cluster import Cluster, kubelets_halted, ready
from harness.outcome import Failed, until

# base, with all that is no scaler: here the replica count is set by hand.
PLAIN = "winnow-plain"
OVERLAYS = ("eks", "local")
# With an HPA on a metric that nobody serves.
METRIC = "winnow-metric"
REPLICAS = 4

BAD_POD = """
apiVersion: v1
kind: Pod
metadata: {name: bad, namespace: NAMESPACE}
spec:
  containers: [{name: bad, image: winnow, securityContext: {privileged: true}}]
"""


def applied(cluster: Cluster) -> str:
    """Every overlay, and every component that none of them has, goes through the API server without a warning."""
    region = {"name": "winnow", "behavior": "merge", "literals": ["AWS_REGION=eu-west-1"]}
    given: dict[str, str] = {}
    for name in OVERLAYS:
        with manifests.overlay(f"overlays/{name}", namespace=f"winnow-{name}") as folder:
            given[f"winnow-{name}"] = manifests.render(folder)
    for namespace, components in (
        (PLAIN, ("namespace", "irsa", "schedule")),
        (METRIC, ("namespace", "hpa-external-metric")),
        ("winnow-cpu", ("namespace", "pod-identity", "hpa-cpu")),
    ):
        with manifests.overlay("base", components, namespace=namespace, configMapGenerator=[region]) as folder:
            given[namespace] = manifests.render(folder)
    made = {namespace: cluster.apply(text).count("\n") + 1 for namespace, text in given.items()}
    for namespace in (PLAIN, METRIC):
        cluster.kubectl("scale", "deployment/winnow", f"--replicas={REPLICAS}", "-n", namespace)
    return f"{sum(made.values())} objects in {len(made)} namespaces, no warnings: {', '.join(made)}"


def refused(cluster: Cluster) -> str:
    """A pod that is not restricted is refused by each namespace that the overlays make."""
    namespaces = [PLAIN, *(f"winnow-{name}" for name in OVERLAYS)]
    for namespace in namespaces:
        done, said = cluster.tried("apply", "-f", "-", stdin=BAD_POD.replace("NAMESPACE", namespace))
        if done or 'violates PodSecurity "restricted' not in said:
            raise Failed(f"{namespace} takes a privileged pod: {said}")
    return f"a privileged pod is refused in {len(namespaces)} namespaces of {len(namespaces)}"


def rolled_out(cluster: Cluster) -> str:
    begin = time.monotonic()
    cluster.kubectl("rollout", "status", "deployment/winnow", "-n", PLAIN, "--timeout=150s")
    pods = cluster.pods(PLAIN)
    if len(ready(pods)) != REPLICAS:
        raise Failed(f"{len(ready(pods))} of {REPLICAS} pods are ready")
    zones = collections.Counter(_zone(cluster, pod) for pod in pods)
    if sorted(zones.values()) != [REPLICAS // 2, REPLICAS // 2]:
        raise Failed(f"pods are not spread over the zones: {dict(zones)}")
    spread = ", ".join(f"{count} in {zone}" for zone, count in sorted(zones.items()))
    return f"{REPLICAS} pods available within {time.monotonic() - begin:.0f} s: {spread}"


def _zone(cluster: Cluster, pod: dict) -> str:
    node = cluster.get(f"/api/v1/nodes/{pod['spec']['nodeName']}")
    return node["metadata"]["labels"]["topology.kubernetes.io/zone"]


def applied_again(cluster: Cluster) -> str:
    """The replica count is the scaler's: an apply leaves it alone."""
    region = {"name": "winnow", "behavior": "merge", "literals": ["AWS_REGION=eu-west-1"]}
    components = ("namespace", "irsa", "schedule")
    with manifests.overlay("base", components, namespace=PLAIN, configMapGenerator=[region]) as folder:
        said = cluster.apply(manifests.render(folder))
    count = cluster.deployment(PLAIN)["spec"]["replicas"]
    if count != REPLICAS or "deployment.apps/winnow unchanged" not in said:
        raise Failed(f"an apply of the same changes the Deployment; {count} replicas now: {said}")
    return f"the Deployment is unchanged, with {count} replicas as before"


def may_nothing(cluster: Cluster) -> str:
    """The service account may do nothing in the cluster, while the check itself tells yes from no."""
    account = f"--as=system:serviceaccount:{PLAIN}:winnow"
    verbs, resources = (
        ("get", "list", "create", "delete"),
        ("secrets", "configmaps", "pods", "deployments.apps", "nodes"),
    )
    asked = [(verb, resource) for verb in verbs for resource in resources]
    for verb, resource in asked:
        _, said = cluster.tried("auth", "can-i", verb, resource, "-n", PLAIN, account)
        # kubectl ends with 1 for no, and says so on the standard output; what is on the other is a warning.
        if said == "yes":
            raise Failed(f"the service account may {verb} {resource}")
    if cluster.kubectl("auth", "can-i", "get", "secrets", "-n", PLAIN) != "yes":
        raise Failed("not even the administrator may read secrets: the question is wrong")
    return f"{len(asked)} of {len(asked)} questions answered no; yes to the administrator"


def evicted(cluster: Cluster) -> str:
    """The budget lets one pod go and holds the next until another stands in for the first."""
    first, second = (pod["metadata"]["name"] for pod in cluster.pods(PLAIN)[:2])
    with kubelets_halted():
        cluster.kubectl("create", "-f", "-", "--raw", _eviction_path(first), stdin=_eviction(first))
        done, said = cluster.tried("create", "-f", "-", "--raw", _eviction_path(second), stdin=_eviction(second))
    if done or "disruption budget" not in said:
        raise Failed(f"a second pod may go while the first one is missing: {said}")
    until("the evicted pod is replaced", 60, lambda: len(ready(cluster.pods(PLAIN))) == REPLICAS)
    return f"the first of {REPLICAS} pods goes, the second is refused; then there are {REPLICAS} again"


def _eviction_path(pod: str) -> str:
    return f"/api/v1/namespaces/{PLAIN}/pods/{pod}/eviction"


def _eviction(pod: str) -> str:
    return json.dumps({"apiVersion": "policy/v1", "kind": "Eviction", "metadata": {"name": pod, "namespace": PLAIN}})


def released(cluster: Cluster) -> str:
    """A release whose pods do not become ready takes no working pod away; one whose pods do goes through."""
    # For the sake of time; it is no part of the pod's template, so it is no new revision.
    cluster.kubectl("patch", "deployment/winnow", "-n", PLAIN, "-p", '{"spec":{"minReadySeconds":1}}')
    cluster.kubectl("rollout", "status", "deployment/winnow", "-n", PLAIN, "--timeout=120s")
    old = {pod["metadata"]["name"] for pod in cluster.pods(PLAIN)}
    with kubelets_halted():
        cluster.kubectl("set", "image", "deployment/winnow", "winnow=winnow:next", "-n", PLAIN)
        until("a new pod", 30, lambda: len(cluster.pods(PLAIN)) > REPLICAS)
        time.sleep(5)
        now = cluster.pods(PLAIN)
        left = {pod["metadata"]["name"] for pod in ready(now)} & old
        if left != old or len(now) != REPLICAS + 1:
            raise Failed(
                f"while new pods are not ready, {len(left)} of {REPLICAS} old ones are left, {len(now)} pods in all"
            )
    fewest = REPLICAS
    most = 0

    def done() -> bool:
        nonlocal fewest, most
        pods = cluster.pods(PLAIN)
        fewest, most = min(fewest, len(ready(pods))), max(most, len(pods))
        images = {pod["spec"]["containers"][0]["image"] for pod in pods}
        return images == {"winnow:next"} and len(ready(pods)) == REPLICAS

    until("the release is through", 120, done, every=0.1)
    cluster.kubectl("rollout", "status", "deployment/winnow", "-n", PLAIN, "--timeout=60s")
    if fewest < REPLICAS:
        raise Failed(f"only {fewest} of {REPLICAS} pods were ready during the release")
    through = f"never fewer than {fewest} ready, {most} at most (minReadySeconds 1)"
    return f"stuck: all {REPLICAS} old pods stay; through: {through}"


def asked(cluster: Cluster) -> str:
    """A scheduled command that is fired by hand makes a Job whose pod the restricted namespace takes."""
    names = [job["metadata"]["name"] for job in cluster.get(f"/apis/batch/v1/namespaces/{PLAIN}/cronjobs")["items"]]
    arguments = []
    for name in names:
        cluster.kubectl("create", "job", f"{name}-now", f"--from=cronjob/{name}", "-n", PLAIN)
        cluster.kubectl("wait", "--for=condition=Complete", f"job/{name}-now", "-n", PLAIN, "--timeout=60s")
    for pod in cluster.pods(PLAIN, "schedule"):
        arguments.append(" ".join(pod["spec"]["containers"][0]["args"]))
    if sorted(arguments) != ["send consolidate", "send sweep"]:
        raise Failed(f"the Jobs' pods have the arguments {arguments}")
    return f"{len(names)} Jobs of {len(names)} complete: {', '.join(sorted(arguments))}"


def frozen(cluster: Cluster) -> str:
    """What k8s/README.md warns of: an HPA without a value for its metric leaves the replicas as they are."""

    def condition() -> str:
        status = cluster.get(f"/apis/autoscaling/v2/namespaces/{METRIC}/horizontalpodautoscalers/winnow").get(
            "status", {}
        )
        found = [it for it in status.get("conditions", []) if it["type"] == "ScalingActive"]
        return f"{found[0]['status']} {found[0]['reason']}" if found else ""

    until("the HPA looks for its metric", 60, lambda: condition() == "False FailedGetExternalMetric")
    count = cluster.deployment(METRIC)["spec"]["replicas"]
    if count != REPLICAS:
        raise Failed(f"the HPA made {count} of {REPLICAS} replicas without a metric")
    return f"ScalingActive is {condition()}, and {count} replicas stay {count} with nothing to do"


PROOFS: dict[str, Callable[[Cluster], str]] = {
    "every overlay and component applies under restricted Pod Security": applied,
    "a bad pod does not": refused,
    "the rollout completes, spread over both zones": rolled_out,
    "a second apply leaves the replicas to their scaler": applied_again,
    "the service account may do nothing": may_nothing,
    "the disruption budget holds": evicted,
    "a release takes no working pod away": released,
    "scheduled commands run when fired by hand": asked,
    "a plain HPA freezes where its metric is missing": frozen,
}

"""A Kubernetes API server, as kubectl and as a client see it; found by KUBECONFIG."""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import signal
import ssl
import subprocess
import tempfile
import urllib.parse
from collections.abc import Iterator

import yaml

from harness.outcome import Failed


class Cluster:
    """The API server. Changes are kubectl's; what is looked at again and again is read over one connection."""

    def __init__(self) -> None:
        config = yaml.safe_load(pathlib.Path(os.environ["KUBECONFIG"]).read_text())
        server, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self._address = urllib.parse.urlsplit(server["server"])
        self._tls = ssl.create_default_context(cadata=_decoded(server["certificate-authority-data"]))
        # The lab's CA names no key usage, which Python 3.13 wants by default.
        self._tls.verify_flags &= ~ssl.VERIFY_X509_STRICT
        with tempfile.NamedTemporaryFile("w") as pair:
            pair.write(_decoded(user["client-certificate-data"]) + _decoded(user["client-key-data"]))
            pair.flush()
            self._tls.load_cert_chain(pair.name)

    def get(self, path: str) -> dict:
        """What lies at this path of the API; {} when nothing does."""
        connection = http.client.HTTPSConnection(
            self._address.hostname, self._address.port, timeout=20, context=self._tls
        )
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status == 404:
                return {}
            if answer.status != 200:
                raise Failed(f"GET {path} answers {answer.status}: {content.decode()[:300]}")
            return json.loads(content)

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        done, said = self.tried(*arguments, stdin=stdin)
        if not done:
            raise Failed(f"kubectl {' '.join(arguments)}: {said}")
        return said

    def tried(self, *arguments: str, stdin: str = "") -> tuple[bool, str]:
        """Whether kubectl did it, and what it said."""
        made = subprocess.run(["kubectl", *arguments], input=stdin, capture_output=True, text=True, timeout=240)
        return made.returncode == 0, (made.stdout if made.returncode == 0 else made.stderr).strip()

    def apply(self, manifests: str) -> str:
        """Warnings, such as those of Pod Security, are errors."""
        return self.kubectl("apply", "--warnings-as-errors", "-f", "-", stdin=manifests)

    def equip_nodes(self) -> None:
        """Gives the lab's nodes a disk: pods ask for a part of one, as they should, and kwok's nodes have none."""
        disk = {"ephemeral-storage": "20Gi"}
        patch = json.dumps({"status": {"capacity": disk, "allocatable": disk}})
        for node in self.get("/api/v1/nodes")["items"]:
            self.kubectl("patch", "node", node["metadata"]["name"], "--subresource=status", "-p", patch)

    def deployment(self, namespace: str) -> dict:
        return self.get(f"/apis/apps/v1/namespaces/{namespace}/deployments/winnow")

    def pods(self, namespace: str, component: str = "worker") -> list[dict]:
        """The pods that are not on their way out."""
        chosen = urllib.parse.quote(f"app.kubernetes.io/component={component}")
        found = self.get(f"/api/v1/namespaces/{namespace}/pods?labelSelector={chosen}")["items"]
        return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]


def ready(pods: list[dict]) -> list[dict]:
    return [pod for pod in pods if any(it["type"] == "Ready" and it["status"] == "True" for it in _conditions(pod))]


def _conditions(pod: dict) -> list[dict]:
    return pod["status"].get("conditions", [])


def _decoded(text: str) -> str:
    return base64.b64decode(text).decode()


@contextlib.contextmanager
def kubelets_halted() -> Iterator[None]:
    """Halts kwok, which plays the nodes: pods neither become ready nor go while this lasts."""
    kwok = int(os.environ["WINNOW_LAB_KWOK"])
    os.kill(kwok, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(kwok, signal.SIGCONT)

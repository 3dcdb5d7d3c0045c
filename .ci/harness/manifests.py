"""The manifests under k8s/: how overlays and components are put together."""

import contextlib
import dataclasses
import itertools
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
K8S = ROOT / "k8s"
# One of each, or none; the overlays are besides.
CREDENTIALS = (None, "irsa", "pod-identity")
SCALERS = (None, "hpa-cpu", "hpa-external-metric", "keda")
SCHEDULES = (None, "schedule")
MONITORS = (None, "pod-monitor")

Manifest = dict


@dataclasses.dataclass(frozen=True)
class Rendered:
    """What an overlay, or a combination of components, makes."""

    name: str
    text: str

    @property
    def objects(self) -> list[Manifest]:
        return [found for found in yaml.safe_load_all(self.text) if found]


@contextlib.contextmanager
def overlay(
    base: str, components: tuple[str, ...] = (), env: dict[str, str] | None = None, **more: object
) -> Iterator[pathlib.Path]:
    """A folder with an overlay of these, in a copy; `env` takes the place of what is in the base's winnow.env."""
    with tempfile.TemporaryDirectory() as folder:
        copied = pathlib.Path(folder).resolve() / "k8s"
        subprocess.run(["cp", "-r", K8S, copied], check=True)
        if env is not None:
            (copied / base / "winnow.env").write_text("".join(f"{name}={value}\n" for name, value in env.items()))
        here = copied / "overlays" / "ci"
        here.mkdir()
        kustomization = {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": [f"../../{base}"],
            "components": [f"../../components/{component}" for component in components],
            **more,
        }
        (here / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
        yield here


def render(folder: pathlib.Path) -> str:
    made = subprocess.run(["kubectl", "kustomize", folder], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if made.returncode:
        raise RuntimeError(f"Cannot render {folder}: {made.stderr.strip()}")
    return made.stdout


def overlays() -> list[Rendered]:
    return [Rendered(f"overlays/{path.name}", render(path)) for path in sorted((K8S / "overlays").iterdir())]


def combinations() -> Iterator[Rendered]:
    """Every combination of components that makes sense, as an overlay of one's own would have it."""
    region = {"name": "winnow", "behavior": "merge", "literals": ["AWS_REGION=eu-west-1"]}
    for chosen in itertools.product(CREDENTIALS, SCALERS, SCHEDULES, MONITORS):
        components = ("namespace", *(component for component in chosen if component))
        with overlay("base", components, namespace="winnow", configMapGenerator=[region]) as folder:
            yield Rendered("base + " + " + ".join(components), render(folder))


def schema(crd: pathlib.Path) -> tuple[str, dict]:
    """The name under which kubeconform looks for a custom resource, and its JSON schema, which knows no other fields."""
    spec = yaml.safe_load(crd.read_text())["spec"]
    (version,) = [version for version in spec["versions"] if version["storage"]]
    name = f"{spec['names']['singular']}-{spec['group'].partition('.')[0]}-{version['name']}.json"
    return name, _closed(version["schema"]["openAPIV3Schema"])


def _closed(part):
    if isinstance(part, list):
        return [_closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    closed = {name: _closed(value) for name, value in part.items()}
    if part.get("x-kubernetes-int-or-string"):
        closed.pop("type", None)
    # Of metadata a definition says no more than that it is an object.
    if isinstance(part.get("properties"), dict) and not part.get("x-kubernetes-preserve-unknown-fields"):
        closed.setdefault("additionalProperties", False)
    return closed


def components() -> set[str]:
    return {path.name for path in (K8S / "components").iterdir()}

"""The Terraform code as the checks see it: a copy of it, against the schema of the aws provider, with no account.

The provider is a stub that WINNOW_LAB_SOURCE brings. It knows names, types and references, and calls nothing.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE = ROOT / "terraform"
EXAMPLES = ("ecs", "eks")


class Unavailable(Exception):
    """What cannot be had on this machine, and why."""


class Refused(Exception):
    """Terraform said no."""


def terraform(folder: pathlib.Path, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """Runs terraform and returns what it says; its errors are a Refused."""
    if not shutil.which("terraform"):
        raise Unavailable("there is no terraform")
    ran = subprocess.run(
        ["terraform", *arguments],
        cwd=folder,
        env={**os.environ, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if ran.returncode:
        raise Refused(f"terraform {' '.join(arguments)}:\n{ran.stdout.strip()[-3000:]}")
    return ran.stdout


def types() -> set[str]:
    """The provider's types of which the code has resources."""
    code = "".join(file.read_text() for file in SOURCE.rglob("*.tf"))
    return set(re.findall(r'^resource "(aws_\w+)"', code, re.MULTILINE))


def provider() -> dict[str, str]:
    """The environment in which terraform finds the provider's stub."""
    lab = os.environ.get("WINNOW_LAB_SOURCE")
    if not lab:
        raise Unavailable("WINNOW_LAB_SOURCE names no folder with a stub of the aws provider")
    source, environment = pathlib.Path(lab) / "terraform", dict(os.environ)
    known = set((source / "types.txt").read_text().split())
    if unknown := types() - known:
        # The stub is made from the whole provider's schema, but knows the listed types alone.
        cache = pathlib.Path(os.environ.get("WINNOW_CI_CACHE") or pathlib.Path.home() / ".cache/winnow-ci")
        environment["WINNOW_LAB"] = str(cache / "provider")
        source = pathlib.Path(shutil.copytree(source, cache / "provider/source", dirs_exist_ok=True))
        (source / "types.txt").write_text("\n".join(sorted(known | unknown)) + "\n")
    built = subprocess.run(
        [source / "build.sh"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    found = re.search(r"TF_CLI_CONFIG_FILE=(\S+)", built.stdout)
    if built.returncode or not found:
        raise Unavailable(f"the stub of the aws provider cannot be built: {built.stderr.strip()[-500:]}")
    return {"TF_CLI_CONFIG_FILE": found[1]}


@contextlib.contextmanager
def copied() -> Iterator[pathlib.Path]:
    """A copy of the code, so that no lock file made with the stub comes into the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "terraform"
        leave = shutil.ignore_patterns(".terraform", ".terraform.lock.hcl", "*.tfstate*")
        shutil.copytree(SOURCE, copy, ignore=leave)
        yield copy


class Installation:
    """What an example makes: planned, then applied into a state with no AWS behind it, so that nothing is unknown."""

    def __init__(self, copy: pathlib.Path, example: str, environment: dict[str, str]):
        folder = copy / "examples" / example
        terraform(folder, "init", "-backend=false", "-input=false", environment=environment)
        terraform(folder, "plan", "-input=false", "-out=plan", environment=environment)
        terraform(folder, "apply", "-input=false", "plan", environment=environment)
        made = json.loads(terraform(folder, "show", "-json", environment=environment))["values"]
        self.resources = {resource["address"]: resource for resource in _resources(made["root_module"])}
        self.outputs = {name: output["value"] for name, output in made["outputs"].items()}

    def one(self, kind: str, name: str) -> dict:
        """The values of the one resource of this type and name."""
        (found,) = self.every(kind, name)
        return found

    def every(self, kind: str | None = None, name: str | None = None) -> list[dict]:
        return [
            resource["values"]
            for resource in self.resources.values()
            if kind in (None, resource["type"]) and name in (None, resource["name"]) and resource["mode"] == "managed"
        ]

    def service_policy(self) -> dict:
        """The policy of the service's role."""
        (policy,) = [it["policy"] for it in self.every("aws_iam_role_policy") if it["name"] == "intake"]
        return json.loads(policy)


def _resources(module: dict) -> Iterator[dict]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def listed(value: str | list[str]) -> list[str]:
    """A policy writes one value without a list."""
    return [value] if isinstance(value, str) else value

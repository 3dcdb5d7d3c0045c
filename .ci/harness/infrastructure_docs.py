"""The tables of terraform/README.md, made from the code: inputs and outputs by module. And what it must speak of."""

import pathlib
import re

from harness.infrastructure import SOURCE

README = SOURCE / "README.md"
# As `terraform fmt` leaves it: a block begins and ends at a line's start.
BLOCK = re.compile(r'^(variable|output|resource) "([\w-]+)"(?: "([\w-]+)")? \{\n(.*?)^\}', re.M | re.S)
PLACE = "<!-- inputs and outputs: {} -->\n"
END = "<!-- end -->\n"


def modules() -> list[str]:
    """The folders with code: the root, and each module."""
    return [".", *sorted(f"modules/{folder.name}" for folder in (SOURCE / "modules").iterdir())]


def blocks(module: str, kind: str) -> dict[str, str]:
    """By name, or type and name of a resource: what is in the block."""
    code = "".join(file.read_text() for file in sorted((SOURCE / module).glob("*.tf")))
    return {
        f"{found[2]}.{found[3]}" if found[3] else found[2]: found[4]
        for found in BLOCK.finditer(code)
        if found[1] == kind
    }


def attribute(block: str, name: str) -> str | None:
    found = re.search(rf"^  {name} *= (.*)$", block, re.M)
    return found and found[1]


def described(block: str) -> str:
    return (attribute(block, "description") or "").strip('"').replace("|", "\\|")


def table(module: str) -> str:
    lines = ["", "| input | meaning | default |", "| --- | --- | --- |"]
    for name, block in blocks(module, "variable").items():
        default = attribute(block, "default")
        # A default of many lines is told in the description.
        shown = (
            "required" if default is None else f"`{default}`" if not default.endswith(("{", "[")) else "see the code"
        )
        lines.append(f"| `{name}` | {described(block)} | {shown} |")
    lines += ["", "| output | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {described(block)} |" for name, block in blocks(module, "output").items()]
    return "\n".join(lines) + "\n\n"


def rewritten() -> str:
    """The README with the tables as the code is now."""
    text = README.read_text()
    for module in modules():
        begin = PLACE.format(module)
        before, found, rest = text.partition(begin)
        if not found:
            raise ValueError(f"there is no place for {module}: {begin.strip()}")
        text = before + begin + table(module) + END + rest.partition(END)[2]
    return text


def problems() -> list[str]:
    """What is undocumented: a variable or output without a description, a resource that no table names, old tables."""
    found = []
    for module in modules():
        for kind in ("variable", "output"):
            found += [
                f"{module}: {kind} {name} has no description"
                for name, block in blocks(module, kind).items()
                if not described(block)
            ]
        untested = [
            name
            for name, block in blocks(module, "variable").items()
            if not re.search(r"^  type +=", block, re.M) or "validation {" not in block and not _cannot_be_wrong(block)
        ]
        found += [f"{module}: variable {name} has no type or no validation" for name in untested]
    text = README.read_text()
    for module in modules()[1:]:
        section = text.partition(f"### {module.partition('/')[2]}\n")[2].partition("\n### ")[0]
        kinds = blocks(module, "resource")
        found += [
            f"{module}: the README does not say what {name} is for" for name in kinds if f"`{name}`" not in section
        ]
    if rewritten() != text:
        found.append("the README's tables are not those of the code: .ci/terraform --write")
    return found


def _cannot_be_wrong(block: str) -> bool:
    """Of a type that has no wrong values."""
    return attribute(block, "type") in ("bool", "map(string)")


def write() -> pathlib.Path:
    README.write_text(rewritten())
    return README

"""The files to be decided: made by the project's own generator, the same bytes on every machine, and kept."""

import functools
import pathlib
import subprocess

from measure import places

_GENERATOR = places.ROOT / "src/main/java/dev/winnow/standin/SampleApplications.java"
_FOLDER = places.WORK / "files"
SEED = 1


def rows(count: int) -> pathlib.Path:
    return _made(f"rows-{count}.csv", "--rows", str(count))


def sized(megabytes: int, columns: int = 4) -> pathlib.Path:
    return _made(f"{megabytes}-mb-{columns}-columns.csv", "--bytes", f"{megabytes}M", "--columns", str(columns))


def wide(count: int, columns: int) -> pathlib.Path:
    return _made(f"rows-{count}-columns-{columns}.csv", "--rows", str(count), "--columns", str(columns))


def packed(plain: pathlib.Path) -> pathlib.Path:
    """The file by gzip, at its default level."""
    file = plain.with_suffix(".csv.gz")
    if not file.is_file():
        unfinished = file.with_suffix(".unfinished")
        with unfinished.open("wb") as out:
            subprocess.run(["gzip", "--no-name", "--stdout", plain], stdout=out, check=True)
        unfinished.rename(file)
    return file


def many(files: int, count: int) -> list[pathlib.Path]:
    """Files of that many rows, each of its own."""
    folder = _FOLDER / f"{files}-of-{count}"
    if not folder.is_dir():
        unfinished = folder.with_suffix(".unfinished")
        unfinished.mkdir(parents=True, exist_ok=True)
        _generate("--files", str(files), "--into", str(unfinished), "--rows", str(count))
        unfinished.rename(folder)
    return sorted(folder.iterdir())


def unpacked(file: pathlib.Path) -> pathlib.Path:
    """The plain file that a packed one was made of."""
    return file.with_suffix("") if file.suffix == ".gz" else file


@functools.cache
def counted(file: pathlib.Path) -> int:
    """The rows of a source below the header."""
    return lines(unpacked(file)) - 1


def lines(file: pathlib.Path) -> int:
    """The lines of a file; the generator puts a row on each, and so does every engine with its outputs."""
    with file.open("rb") as content:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: content.read(1 << 22), b""))


def _made(name: str, *arguments: str) -> pathlib.Path:
    file = _FOLDER / name
    if not file.is_file():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".unfinished")
        with unfinished.open("wb") as out:
            _generate(*arguments, out=out)
        unfinished.rename(file)
    return file


def _generate(*arguments: str, out=None) -> None:
    command = [places.java(), str(_GENERATOR), "--seed", str(SEED), *arguments]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, check=True)

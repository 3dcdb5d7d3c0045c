"""Generated membership files whose every decision, code and derived column is known beforehand.

It is written from the description of the dataset and shares no code with the service.
"""

import csv
import dataclasses
import gzip
import hashlib
import io

COLUMNS = ["name", "email", "date_of_birth", "mobile_no"]
DERIVED = ["membership_id", "first_name", "last_name", "email", "date_of_birth", "mobile_no", "above_18"]

# Part of every generated name and e-mail, and of nothing else: where it shows up in a log, personal data leaked.
MARK = "Qzyxw"


@dataclasses.dataclass(frozen=True)
class Member:
    """The n-th row of all, with what Winnow has to make of it."""

    n: int

    @property
    def codes(self) -> list[str]:
        """The rules that the row breaks, in the rules' order."""
        return [
            code
            for every, code in ((5, "mobile.invalid"), (7, "email.domain"), (11, "age.under"))
            if self.n % every == 0
        ]

    @property
    def email(self) -> str:
        return f"{MARK}.{self.n}@example.{'org' if self.n % 7 == 0 else 'com'}"

    @property
    def mobile(self) -> str:
        return f"{self.n % 10_000_000:07d}" if self.n % 5 == 0 else f"{self.n % 100_000_000:08d}"

    @property
    def birthday(self) -> tuple[int, int, int]:
        return (2010 if self.n % 11 == 0 else 1950 + self.n % 50, 1 + self.n % 12, 1 + self.n % 28)

    def row(self) -> list[str]:
        """The row as a sender writes it: four ways to write a date, a title now and then, odd spaces."""
        year, month, day = self.birthday
        date = (
            f"{year}-{month:02d}-{day:02d}",
            f"{year}/{month:02d}/{day:02d}",
            f"{month:02d}/{day:02d}/{year}",
            f"{day:02d}-{month:02d}-{year}",
        )[self.n % 4]
        name = f"Dr.  Ann {MARK}{self.n}" if self.n % 3 == 0 else f"Ann {MARK}{self.n}"
        return [name, self.email, date, f"{self.mobile[:4]} {self.mobile[4:]}"]

    def accepted(self) -> list[str]:
        """The row of the successful output."""
        birthday = "{}{:02d}{:02d}".format(*self.birthday)
        last_name = f"{MARK}{self.n}"
        membership_id = f"{last_name}_{hashlib.sha256(birthday.encode()).hexdigest()[:5]}"
        return [membership_id, "Ann", last_name, self.email, birthday, self.mobile, "true"]


def file_of(members: list[Member]) -> bytes:
    """A CSV file of these rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(member.row() for member in members)
    return text.getvalue().encode()


def members(first: int, count: int) -> list[Member]:
    return [Member(n) for n in range(first, first + count)]


_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_BLOCK = 64 * 1024


def zstd(content: bytes) -> bytes:
    """A zstd frame (RFC 8878) of blocks that are stored as they are: Python 3.13 cannot make a smaller one."""
    blocks = [content[start : start + _ZSTD_BLOCK] for start in range(0, len(content), _ZSTD_BLOCK)]
    # A single segment with its size in eight bytes; each block begins with its length and whether it is the last.
    frame = _ZSTD + b"\xe0" + len(content).to_bytes(8, "little")
    for number, block in enumerate(blocks, start=1):
        frame += (len(block) << 3 | (number == len(blocks))).to_bytes(3, "little") + block
    return frame


def unpacked(body: bytes) -> bytes:
    """What is in a file that was packed by gzip or by `zstd` above, or in one that is not packed."""
    if body.startswith(b"\x1f\x8b"):
        return gzip.decompress(body)
    if not body.startswith(_ZSTD):
        return body
    content, at = b"", len(_ZSTD) + 9
    while at < len(body):
        length = int.from_bytes(body[at : at + 3], "little") >> 3
        content += body[at + 3 : at + 3 + length]
        at += 3 + length
    return content

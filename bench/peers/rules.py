"""What all engines know of the membership rules: the words and patterns, and which columns a file has.

The patterns are those of dev.winnow.membership, but for letters outside ASCII in addresses, and for spaces other than
the ordinary one, neither of which the generated files hold where it would make a difference.
"""

import csv
import gzip
import itertools
import pathlib

READ = ("name", "email", "date_of_birth", "mobile_no")
DERIVED = ("membership_id", "first_name", "last_name", "email", "date_of_birth", "mobile_no", "above_18")
ANNOTATION = ("line", "codes", "reasons")
# A row's first field too many, in a column of its own; a row with one is no record of the file's width.
OVERFLOW = "overflow"

DOTS = "[.,]*"
TITLES = rf"^(?:(?:mr|mrs|ms|miss|dr){DOTS}(?: |$))+"
SUFFIXES = rf"(?:(?:^|,* )(?:jr|sr|ii|iii|iv|md|dds|dvm|phd){DOTS})+$"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
EMAIL = rf"^{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*$"
DOMAINS = (".com", ".net")
MOBILE = "^[0-9]{8}$"
DATES = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%d-%m-%Y")
LATEST = "2004-01-01"

# What a row may break, field by field in the rules' order; of each field only the first breach counts.
_FIELDS = (
    (("name.missing", "the name is empty"),),
    (("mobile.invalid", "the mobile number is not 8 digits"),),
    (
        ("email.invalid", "the e-mail address is not well-formed"),
        ("email.domain", "the e-mail domain is none of .com, .net"),
    ),
    (
        ("birthday.invalid", "the date of birth is not a date in a known format"),
        ("age.under", "under 18 on 2022-01-01"),
    ),
)
# All that one row may break at once, as codes and reasons, by number: each field's breach times the field's weight.
BREACHES = tuple(
    ("; ".join(breach[0] for breach in broken if breach), "; ".join(breach[1] for breach in broken if breach))
    for broken in itertools.product(*(((), *field) for field in _FIELDS))
)
WEIGHTS = (18, 9, 3, 1)


def header_of(source: pathlib.Path) -> list[str]:
    """The columns' names."""
    with (gzip.open if source.suffix == ".gz" else open)(source, "rt", encoding="utf-8", newline="") as text:
        return next(csv.reader(text))


def carried(header: list[str]) -> list[str]:
    """The columns that no rule knows: they go through to the accepted rows."""
    return [name for name in header if name not in READ]


def width_reason(header: list[str]) -> str:
    return f"the row has {len(header) + 1} fields, the header {len(header)}"

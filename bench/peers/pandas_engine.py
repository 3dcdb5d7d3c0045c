"""The membership rules in pandas: a chunk of rows at a time, its text in Arrow's memory."""

import functools
import hashlib
import pathlib

import numpy as np
import pandas as pd
import rules

_CHUNK = 500_000
_SHAPES = {form: form.replace("%Y", "0000").replace("%m", "00").replace("%d", "00") for form in rules.DATES}
_LATEST = pd.Timestamp(rules.LATEST)


class Engine:
    """pandas as it is by itself: one thread, the order of rows kept."""

    def decide(self, source: pathlib.Path, accepted: pathlib.Path, rejected: pathlib.Path) -> None:
        header = rules.header_of(source)
        chunks = pd.read_csv(
            source,
            header=None,
            skiprows=1,
            names=[*header, rules.OVERFLOW],
            dtype="str",
            na_filter=False,
            chunksize=_CHUNK,
        )
        first = True
        for chunk in chunks:
            words, digits, address, born, broken = _cleaned(chunk)
            keeps = broken == 0
            _accepted(chunk, header, words, digits, address, born, keeps).to_csv(
                accepted, mode="w" if first else "a", header=first, index=False
            )
            _rejected(chunk, header, broken, ~keeps).to_csv(
                rejected, mode="w" if first else "a", header=first, index=False
            )
            first = False


def _cleaned(chunk: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series, np.ndarray]:
    """The cleaned fields of every row, and what it breaks as a number, see `rules.BREACHES`."""
    words = (
        chunk["name"]
        .str.strip(" ")
        .str.replace("  +", " ", regex=True)
        .str.replace(f"(?i){rules.TITLES}", "", regex=True)
        .str.replace(f"(?i){rules.SUFFIXES}", "", regex=True)
    )
    digits = chunk["mobile_no"].str.replace(" ", "", regex=False)
    address = chunk["email"].str.strip(" ")
    born = _dates(chunk["date_of_birth"].str.strip(" "))
    breaches = (
        words == "",
        ~digits.str.match(rules.MOBILE),
        np.select([~address.str.match(rules.EMAIL), address.str.lower().str.endswith(rules.DOMAINS)], [1, 0], 2),
        np.select([born.isna(), born > _LATEST], [1, 2], 0),
    )
    weighed = zip(breaches, rules.WEIGHTS, strict=True)
    number = sum(np.asarray(breach, dtype=np.int64) * weight for breach, weight in weighed)
    return words, digits, address, born, np.where(chunk[rules.OVERFLOW] == "", number, len(rules.BREACHES))


def _dates(given: pd.Series) -> pd.Series:
    born = pd.Series(pd.NaT, index=given.index, dtype="datetime64[s]")
    shape = given.str.replace(r"\d", "0", regex=True)
    for form, digits in _SHAPES.items():
        of_form = shape == digits
        born[of_form] = pd.to_datetime(given[of_form], format=form, errors="coerce").astype("datetime64[s]")
    return born


def _accepted(chunk, header, words, digits, address, born, keeps) -> pd.DataFrame:
    kept = words[keeps]
    parts = kept.str.partition(" ")
    single = parts[1] == ""
    last = parts[2].where(~single, parts[0])
    birthday = born[keeps].dt.strftime("%Y%m%d")
    return pd.DataFrame(
        {
            "membership_id": last + "_" + birthday.map(_fingerprint),
            "first_name": parts[0].where(~single, ""),
            "last_name": last,
            "email": address[keeps],
            "date_of_birth": birthday,
            "mobile_no": digits[keeps],
            "above_18": np.where(born[keeps] <= _LATEST, "true", "false"),
            **{name: chunk.loc[keeps, name] for name in rules.carried(header)},
        }
    )


def _rejected(chunk, header, broken, of) -> pd.DataFrame:
    codes, reasons = zip(*rules.BREACHES, ("record.width", rules.width_reason(header)), strict=True)
    number = broken[of]
    rejected = chunk.loc[of, [*header, rules.OVERFLOW]]
    rejected.insert(0, "line", rejected.index + 2)
    rejected.insert(1, "codes", pd.Categorical.from_codes(number, codes))
    rejected.insert(2, "reasons", pd.Categorical.from_codes(number, reasons))
    return rejected


@functools.cache
def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:5]

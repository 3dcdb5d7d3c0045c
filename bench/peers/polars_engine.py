"""The membership rules in polars: its streaming engine reads the source once and sinks both outputs."""

import datetime
import functools
import hashlib
import pathlib

import polars as pl
import rules

# polars has no SHA-256, so the fingerprint of every day on which an applicant may be born is made once.
_FIRST = datetime.date(1900, 1, 1)
# A pattern is tried on dates of its shape alone: to try all four on each takes twice as long.
_SHAPES = {
    form: f"^{form.replace('%Y', r'\d{4}').replace('%m', r'\d\d').replace('%d', r'\d\d')}$" for form in rules.DATES
}


class Engine:
    """polars as it is by itself: a thread for each core, the order of rows kept."""

    def decide(self, source: pathlib.Path, accepted: pathlib.Path, rejected: pathlib.Path) -> None:
        header = rules.header_of(source)
        decided = _decided(header, source)
        sinks = [
            _accepted(header, decided).sink_csv(accepted, lazy=True),
            _rejected(header, decided).sink_csv(rejected, lazy=True),
        ]
        pl.collect_all(sinks, engine="streaming")


def _decided(header: list[str], source: pathlib.Path) -> pl.LazyFrame:
    """Every row with what the rules make of it; what it breaks as a number, see `rules.BREACHES`."""
    read = pl.scan_csv(
        source,
        has_header=False,
        skip_rows=1,
        schema=dict.fromkeys([*header, rules.OVERFLOW], pl.String),
        # As long as the first row is, the file has no such column.
        missing_columns="insert",
        row_index_name="line",
        row_index_offset=2,
    )
    given = pl.col("date_of_birth").str.strip_chars(" ")
    cleaned = read.with_columns(
        words=pl.col("name")
        .str.strip_chars(" ")
        .str.replace_all("  +", " ")
        .str.replace(f"(?i){rules.TITLES}", "")
        .str.replace(f"(?i){rules.SUFFIXES}", ""),
        digits=pl.col("mobile_no").str.replace_all(" ", "", literal=True),
        address=pl.col("email").str.strip_chars(" "),
        born=pl.coalesce(
            pl.when(given.str.contains(shape)).then(given).str.to_date(form, strict=False)
            for form, shape in _SHAPES.items()
        ),
    )
    address, born = pl.col("address"), pl.col("born")
    lower = address.str.to_lowercase()
    latest = datetime.date.fromisoformat(rules.LATEST)
    breaches = (
        (pl.col("words").fill_null("") == "").cast(pl.UInt8),
        (~pl.col("digits").str.contains(rules.MOBILE).fill_null(False)).cast(pl.UInt8),
        pl.when(~address.str.contains(rules.EMAIL).fill_null(False))
        .then(pl.lit(1, pl.UInt8))
        .when(pl.any_horizontal(lower.str.ends_with(domain) for domain in rules.DOMAINS))
        .then(pl.lit(0, pl.UInt8))
        .otherwise(pl.lit(2, pl.UInt8)),
        pl.when(born.is_null()).then(pl.lit(1, pl.UInt8)).otherwise((born > latest).cast(pl.UInt8) * 2),
    )
    number = pl.sum_horizontal(breach * weight for breach, weight in zip(breaches, rules.WEIGHTS, strict=True))
    return cleaned.with_columns(
        broken=pl.when(pl.col(rules.OVERFLOW).is_null()).then(number).otherwise(len(rules.BREACHES)).cast(pl.UInt8)
    )


def _accepted(header: list[str], decided: pl.LazyFrame) -> pl.LazyFrame:
    words, born = pl.col("words"), pl.col("born")
    parts = words.str.splitn(" ", 2)
    single = ~words.str.contains(" ", literal=True)
    first, rest = parts.struct.field("field_0"), parts.struct.field("field_1")
    last = pl.when(single).then(words).otherwise(rest)
    days = (born - _FIRST).dt.total_days()
    return decided.filter(pl.col("broken") == 0).select(
        membership_id=pl.concat_str(last, pl.lit("_"), pl.lit(_fingerprints()).gather(days)),
        first_name=pl.when(single).then(pl.lit("")).otherwise(first),
        last_name=last,
        email=pl.col("address"),
        date_of_birth=born.dt.strftime("%Y%m%d"),
        mobile_no=pl.col("digits"),
        above_18=born <= datetime.date.fromisoformat(rules.LATEST),
        **{name: pl.col(name) for name in rules.carried(header)},
    )


def _rejected(header: list[str], decided: pl.LazyFrame) -> pl.LazyFrame:
    codes, reasons = zip(*rules.BREACHES, ("record.width", rules.width_reason(header)), strict=True)
    return decided.filter(pl.col("broken") > 0).select(
        pl.col("line"),
        pl.col("broken").cat.to(pl.Enum(codes)).alias("codes"),
        pl.col("broken").cat.to(pl.Enum(reasons)).alias("reasons"),
        *[*header, rules.OVERFLOW],
    )


@functools.cache
def _fingerprints() -> pl.Series:
    days = (datetime.date.fromisoformat(rules.LATEST) - _FIRST).days + 1
    texts = ((_FIRST + datetime.timedelta(day)).strftime("%Y%m%d") for day in range(days))
    return pl.Series([hashlib.sha256(text.encode()).hexdigest()[:5] for text in texts])

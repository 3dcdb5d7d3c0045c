"""The membership rules in DuckDB: one pass over the source into a table, from which both outputs are copied."""

import itertools
import pathlib

import duckdb
import rules

# A pattern is tried on dates of its shape alone: to try all four on each takes seven times as long.
_SHAPES = {form: form.replace("%Y", "____").replace("%m", "__").replace("%d", "__") for form in rules.DATES}


class Engine:
    """DuckDB as it is by itself: in memory, a thread for each core, the order of rows kept."""

    def __init__(self):
        self._connection = duckdb.connect()
        self._tables = itertools.count()

    def decide(self, source: pathlib.Path, accepted: pathlib.Path, rejected: pathlib.Path) -> None:
        header = rules.header_of(source)
        table = f"decided_{next(self._tables)}"
        with self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {table} AS {_decided(header, source)}")
            for select, output in ((_accepted(header, table), accepted), (_rejected(header, table), rejected)):
                cursor.execute(f"COPY ({select}) TO '{output}' (FORMAT csv, HEADER)")
            cursor.execute(f"DROP TABLE {table}")


def _decided(header: list[str], source: pathlib.Path) -> str:
    """Every row with what the rules make of it; what it breaks as a number, see `rules.BREACHES`."""
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in [*header, rules.OVERFLOW])
    dates = " ".join(f"WHEN given LIKE '{like}' THEN try_strptime(given, '{form}')" for form, like in _SHAPES.items())
    domains = " OR ".join(f"suffix(lower(address), '{domain}')" for domain in rules.DOMAINS)
    return f"""
        WITH source AS (
            FROM read_csv('{source}', auto_detect=false, header=false, skip=1, delim=',', quote='"', escape='"',
                null_padding=true, columns={{{columns}}})
        ), cleaned AS (
            SELECT *,
                regexp_replace(regexp_replace(
                    CASE WHEN contains(name, '  ') THEN regexp_replace(trim(name), ' +', ' ', 'g') ELSE trim(name) END,
                    '(?i){rules.TITLES}', ''), '(?i){rules.SUFFIXES}', '') AS words,
                replace(mobile_no, ' ', '') AS digits,
                trim(email) AS address,
                trim(date_of_birth) AS given,
                CAST(CASE {dates} END AS DATE) AS born
            FROM source
        )
        SELECT * EXCLUDE (given),
            CASE WHEN {rules.OVERFLOW} IS NOT NULL THEN {len(rules.BREACHES)} ELSE
                {rules.WEIGHTS[0]} * (coalesce(words, '') = '')::INT
                + {rules.WEIGHTS[1]} * (NOT coalesce(regexp_full_match(digits, '[0-9]{{8}}'), false))::INT
                + {rules.WEIGHTS[2]} * CASE
                    WHEN NOT coalesce(regexp_matches(address, {_text(rules.EMAIL)}), false) THEN 1
                    WHEN {domains} THEN 0 ELSE 2 END
                + {rules.WEIGHTS[3]} * CASE WHEN born IS NULL THEN 1 WHEN born > DATE '{rules.LATEST}' THEN 2 ELSE 0 END
            END AS broken
        FROM cleaned"""


def _accepted(header: list[str], table: str) -> str:
    carried = "".join(f', "{name}"' for name in rules.carried(header))
    return f"""
        SELECT concat(last_name, '_', sha256(date_of_birth)[:5]) AS membership_id, * FROM (
            SELECT CASE WHEN contains(words, ' ') THEN split_part(words, ' ', 1) ELSE '' END AS first_name,
                words[instr(words, ' ') + 1:] AS last_name,
                address AS email, strftime(born, '%Y%m%d') AS date_of_birth, digits AS mobile_no,
                born <= DATE '{rules.LATEST}' AS above_18{carried}
            FROM {table} WHERE broken = 0)"""


def _rejected(header: list[str], table: str) -> str:
    annotations = [*rules.BREACHES, ("record.width", rules.width_reason(header))]
    codes, reasons = (f"[{', '.join(_text(text) for text in texts)}]" for texts in zip(*annotations, strict=True))
    columns = ", ".join(f'"{name}"' for name in [*header, rules.OVERFLOW])
    return f"""
        SELECT rowid + 2 AS line, {codes}[broken + 1] AS codes, {reasons}[broken + 1] AS reasons, {columns}
        FROM {table} WHERE broken > 0"""


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"

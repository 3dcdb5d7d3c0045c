"""What the DAGs have in common: which files, when a batch begins, and what its exit code means.

Every setting is an environment variable of the Airflow workers and of the DAG processor; README.md lists them.
"""

import logging
import os
from collections.abc import Callable
from datetime import timedelta

from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from pendulum import datetime

BUCKET = os.environ.get("WINNOW_BUCKET", "winnow-intake")
PREFIX = os.environ.get("WINNOW_BATCH_PREFIX", "incoming/membership/")
ARGUMENTS = ["batch", "--prefix", PREFIX]
# None: boto3's own chain, which knows a worker's role and the AWS_ variables.
AWS_CONNECTION = os.environ.get("WINNOW_AWS_CONNECTION") or None

# The exit codes of the command line.
DONE, UNEXPECTED, UNUSABLE, DEAD_LETTERS, TRY_AGAIN = 0, 1, 2, 3, 75

HOURLY = {
    "schedule": "@hourly",
    "start_date": datetime(2026, 1, 1, tz="UTC"),
    "catchup": False,
    # Two would do no harm; they would only share the same files out between them.
    "max_active_runs": 1,
    "tags": ["winnow"],
    "default_args": {
        "retries": 4,
        "retry_delay": timedelta(minutes=2),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=20),
        "execution_timeout": timedelta(hours=6),
    },
}

log = logging.getLogger(__name__)


def files_are_there() -> S3KeySensor:
    """Waits for the hour's first file, without holding a worker; an hour in which none comes is skipped."""
    return S3KeySensor(
        task_id="files_are_there",
        bucket_name=BUCKET,
        bucket_key=f"{PREFIX}*",
        wildcard_match=True,
        aws_conn_id=AWS_CONNECTION,
        poke_interval=60,
        timeout=55 * 60,
        soft_fail=True,
        deferrable=True,
    )


def judge(exit_code: int | None, failure: AirflowException | None = None) -> None:
    """Returns where the batch is done, and raises what Airflow is to make of it elsewhere.

    A failure is what the operator itself raised; without an exit code it is raised as it is, and tried again.
    """
    if exit_code == DONE:
        return
    if exit_code == DEAD_LETTERS:
        # Every file has its end, so what comes next may go on; the dead-letter queue's alarm calls somebody.
        log.warning("Winnow made dead letters: see the batch's lines, and the entries under dead-letters/")
        return
    if exit_code in (UNEXPECTED, UNUSABLE):
        raise AirflowFailException(f"Winnow ended with exit code {exit_code}: to run it again does not help") from failure
    # 75, or a kill: what is not done is done by the next try.
    raise failure or AirflowException(f"Winnow ended with exit code {exit_code}: some files are not decided yet")


def judged(run: Callable[[], object], exit_code: Callable[[], int | None]) -> object:
    """What an operator's own run gives, with the exit code in place of its verdict where it raised one."""
    try:
        return run()
    except AirflowException as failure:
        judge(exit_code(), failure)
        return None

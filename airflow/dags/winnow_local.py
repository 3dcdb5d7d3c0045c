"""Winnow's batch by the hour, by the jar on Airflow's own worker."""

import json
import os
import signal
import subprocess

from airflow.sdk import DAG, BaseOperator
from winnow_batch import ARGUMENTS, HOURLY, files_are_there, judge

JAVA = os.environ.get("WINNOW_JAVA", "java")
OPTIONS = os.environ.get("WINNOW_JAVA_OPTIONS", "-Xmx512m").split()
JAR = os.environ.get("WINNOW_JAR", "/opt/winnow/quarkus-run.jar")


class JarBatchOperator(BaseOperator):
    """Runs the jar with the worker's environment; its last line, the summary, is the task's result."""

    def __init__(self, *, arguments: list[str], **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments
        self._process: subprocess.Popen | None = None

    def execute(self, context) -> dict:
        command = [JAVA, *OPTIONS, "-jar", JAR, *self.arguments]
        summary: dict = {}
        # What it says on stderr is its log, which goes where this task's does.
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
            self._process = process
            for line in process.stdout:
                self.log.info(line.rstrip())
                # The JVM itself may have something to say too.
                told = json.loads(line) if line.startswith("{") else {}
                summary = told if told.get("summary") else summary
        self.log.info("exit code %d", process.returncode)
        judge(process.returncode)
        return summary

    def on_kill(self) -> None:
        """It ends what is in work first, within WINNOW_DRAIN."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)


with DAG("winnow_local", doc_md=__doc__, **HOURLY):
    files_are_there() >> JarBatchOperator(task_id="batch", arguments=ARGUMENTS)

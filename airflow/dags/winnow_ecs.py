"""Winnow's batch by the hour, as a task of ECS with the service's own task definition."""

import os

from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator
from airflow.sdk import DAG
from winnow_batch import ARGUMENTS, AWS_CONNECTION, HOURLY, files_are_there, judged

CONTAINER = os.environ.get("WINNOW_ECS_CONTAINER", "winnow")
SUBNETS = os.environ.get("WINNOW_ECS_SUBNETS", "").split(",")
SECURITY_GROUPS = os.environ.get("WINNOW_ECS_SECURITY_GROUPS", "").split(",")


class EcsBatchOperator(EcsRunTaskOperator):
    """Runs a task, and tells what its exit code means."""

    def execute(self, context):
        return judged(lambda: super(EcsBatchOperator, self).execute(context), self._exit_code)

    def execute_complete(self, context, event=None):
        return judged(lambda: super(EcsBatchOperator, self).execute_complete(context, event), self._exit_code)

    def _exit_code(self) -> int | None:
        """The container's, if it came to one."""
        if not self.arn:
            return None
        tasks = self.client.describe_tasks(cluster=self.cluster, tasks=[self.arn])["tasks"]
        containers = [container for task in tasks for container in task["containers"]]
        return next((each.get("exitCode") for each in containers if each["name"] == CONTAINER), None)


with DAG("winnow_ecs", doc_md=__doc__, **HOURLY):
    files_are_there() >> EcsBatchOperator(
        task_id="batch",
        cluster=os.environ.get("WINNOW_ECS_CLUSTER", "winnow"),
        task_definition=os.environ.get("WINNOW_ECS_TASK_DEFINITION", "winnow"),
        launch_type="FARGATE",
        overrides={"containerOverrides": [{"name": CONTAINER, "command": ARGUMENTS}]},
        network_configuration={
            "awsvpcConfiguration": {
                "subnets": SUBNETS,
                "securityGroups": SECURITY_GROUPS,
                "assignPublicIp": os.environ.get("WINNOW_ECS_PUBLIC_IP", "DISABLED"),
            }
        },
        propagate_tags="TASK_DEFINITION",
        # After a restart of Airflow's worker the task that still runs is found again instead of a second one started.
        reattach=True,
        aws_conn_id=AWS_CONNECTION,
        waiter_delay=int(os.environ.get("WINNOW_ECS_POLL_SECONDS", "6")),
    )

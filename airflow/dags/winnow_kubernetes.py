"""Winnow's batch by the hour, as a pod that is what the Deployment's pods are, less probes and port."""

import os

from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.sdk import DAG
from kubernetes.client import models as k8s
from winnow_batch import ARGUMENTS, HOURLY, files_are_there, judged

CONTAINER = "winnow"


class PodBatchOperator(KubernetesPodOperator):
    """Runs a pod, and tells what its exit code means."""

    def execute(self, context):
        return judged(lambda: super(PodBatchOperator, self).execute(context), self._exit_code)

    def trigger_reentry(self, context, event):
        return judged(lambda: super(PodBatchOperator, self).trigger_reentry(context, event), self._exit_code)

    def _exit_code(self) -> int | None:
        """The container's, if it came to one."""
        pod = self.remote_pod or self.pod
        statuses = (pod.status.container_statuses if pod and pod.status else None) or []
        ends = [each.state.terminated for each in statuses if each.name == CONTAINER and each.state]
        return next((end.exit_code for end in ends if end), None)


with DAG("winnow_kubernetes", doc_md=__doc__, **HOURLY):
    files_are_there() >> PodBatchOperator(
        task_id="batch",
        name="winnow-batch",
        namespace=os.environ.get("WINNOW_NAMESPACE", "winnow"),
        labels={"app.kubernetes.io/name": "winnow", "app.kubernetes.io/component": "batch"},
        image=os.environ.get("WINNOW_IMAGE", "winnow"),
        base_container_name=CONTAINER,
        arguments=ARGUMENTS,
        env_from=[
            k8s.V1EnvFromSource(config_map_ref=k8s.V1ConfigMapEnvSource(name="winnow")),
            k8s.V1EnvFromSource(secret_ref=k8s.V1SecretEnvSource(name="winnow-credentials", optional=True)),
        ],
        service_account_name="winnow",
        automount_service_account_token=False,
        # The Service's variables would be named WINNOW_..., like settings.
        full_pod_spec=k8s.V1Pod(spec=k8s.V1PodSpec(containers=[], enable_service_links=False)),
        # Longer than WINNOW_DRAIN.
        termination_grace_period=110,
        security_context=k8s.V1PodSecurityContext(
            run_as_non_root=True,
            run_as_user=10001,
            run_as_group=10001,
            fs_group=10001,
            seccomp_profile=k8s.V1SeccompProfile(type="RuntimeDefault"),
        ),
        container_security_context=k8s.V1SecurityContext(
            allow_privilege_escalation=False,
            read_only_root_filesystem=True,
            capabilities=k8s.V1Capabilities(drop=["ALL"]),
        ),
        container_resources=k8s.V1ResourceRequirements(
            requests={"cpu": "500m", "memory": "1Gi", "ephemeral-storage": "64Mi"},
            limits={"memory": "1Gi", "ephemeral-storage": "256Mi"},
        ),
        volumes=[k8s.V1Volume(name="tmp", empty_dir=k8s.V1EmptyDirVolumeSource(size_limit="64Mi"))],
        volume_mounts=[k8s.V1VolumeMount(name="tmp", mount_path="/tmp")],
        on_finish_action="delete_succeeded_pod",
        get_logs=True,
    )

#!/usr/bin/env bash
# Prints the file of the CustomResourceDefinition of PodMonitor, which is brought with the Prometheus operator's Go module
# by its name and version.
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

module=github.com/prometheus-operator/prometheus-operator@v0.85.0

unavailable() {
  echo "Cannot get the definition of PodMonitor: $1" >&2
  exit 3
}

command -v go >/dev/null || unavailable "there is no Go, whose module it is"
# Away from any module, whose requirements would have a say.
cd /
told=$(go mod download -json "$module" 2>/dev/null) || unavailable "the module $module does not come"
folder=$(sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p' <<<"$told")
crd=$folder/example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml
[ -f "$crd" ] || unavailable "there is none in $module"
echo "$crd"

#!/usr/bin/env bash
# Runs a command beside a LocalStack of its own: `.ci/localstack.sh COMMAND [ARGUMENT...]`.
# The command finds it through AWS_ENDPOINT_URL and the other AWS_* variables, and `python3` with boto3 on its PATH.
# LocalStack listens on loopback only, keeps its data in a temporary folder and is gone, data included, when the command
# ends. Its log is target/ci/localstack.log. Exit status: the command's; 3 when LocalStack cannot be installed.
# With WINNOW_CALLS_FILE, which calls the service makes is appended to that file (see .ci/call_record.py).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$("$root/.ci/tools.sh")
services=s3,sqs,sns,events
ready_within=120
log=$root/target/ci/localstack.log

data=$(mktemp -d)
localstack=''
stop() {
  # Nothing of it is kept, so there is nothing to wait for: a polite end takes LocalStack up to 30 seconds.
  if [ -n "$localstack" ]; then
    kill -KILL "$localstack" 2>/dev/null || true
    wait "$localstack" 2>/dev/null || true
  fi
  rm -rf "$data"
}
trap stop EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

mkdir -p "$(dirname "$log")"
calls=${WINNOW_CALLS_FILE:-}
case $calls in '' | /*) ;; *) calls=$PWD/$calls ;; esac
port=$("$tools/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# hypercorn binds to the given address alone; the default server binds to every one.
env -i PATH="$PATH" HOME="$data" TMPDIR="$data" LANG=C.UTF-8 \
  OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT="$data" SERVICES="$services" EAGER_SERVICE_LOADING=1 \
  GATEWAY_SERVER=hypercorn GATEWAY_LISTEN="127.0.0.1:$port" LOCALSTACK_HOST="localhost:$port" DNS_ADDRESS=0 \
  SQS_ENDPOINT_STRATEGY=path S3_SKIP_SIGNATURE_VALIDATION=0 SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 \
  WINNOW_CALLS_FILE="$calls" \
  "$tools/bin/python" "$root/.ci/mended_localstack.py" >"$log" 2>&1 </dev/null &
localstack=$!

export AWS_ENDPOINT_URL="http://127.0.0.1:$port" AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export PATH="$tools/bin:$PATH"

# Its health answers long before its services do: wait for each of them.
if ! python3 - "$AWS_ENDPOINT_URL/_localstack/health" "$services" "$localstack" "$ready_within" <<'PYTHON'; then
import json, os, sys, time, urllib.request

url, services, process, seconds = sys.argv[1], sys.argv[2].split(","), int(sys.argv[3]), int(sys.argv[4])
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
deadline = time.monotonic() + seconds
while time.monotonic() < deadline:
    try:
        os.kill(process, 0)
        states = json.load(opener.open(url, timeout=5))["services"]
        if all(states.get(service) in ("available", "running") for service in services):
            sys.exit(0)
    except ProcessLookupError:
        break
    except (OSError, ValueError):
        pass
    time.sleep(0.3)
sys.exit(1)
PYTHON
  echo "Cannot start LocalStack: it ended, or not all of $services were up after $ready_within s. The end of its log:" >&2
  tail -n 30 "$log" >&2
  exit 1
fi

"$@"

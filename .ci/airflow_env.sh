#!/usr/bin/env bash
# Prints the folder of a Python environment with what airflow/requirements.txt names; makes it when it is not there yet,
# beside LocalStack's in $WINNOW_CI_CACHE (~/.cache/winnow-ci), and once for each content of that file.
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
requirements=$root/airflow/requirements.txt
cache=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}
environment=$cache/airflow-$(sha256sum "$requirements" | cut -c1-12)

unavailable() {
  echo "Cannot install Airflow: $1" >&2
  exit 3
}

if ! [ -e "$environment/.complete" ]; then
  rm -rf "$environment"
  # LocalStack's environment brings the Python, which is newer than many machines have.
  python=$("$root/.ci/tools.sh")/bin/python || unavailable "there is no Python for it"
  uv=$(command -v uv || true)
  if [ -z "$uv" ] || ! "$uv" --version >/dev/null 2>&1; then
    uv=$cache/uv/bin/uv
    [ -x "$uv" ] || unavailable "there is no uv"
  fi
  "$uv" venv --quiet --no-project --python "$(readlink -f "$python")" "$environment" >&2 ||
    unavailable "no environment can be made"
  # A registry that stumbles once is no reason to give up.
  for attempt in 1 2 3; do
    if "$uv" pip install --quiet --python "$environment/bin/python" -r "$requirements" >&2; then
      touch "$environment/.complete"
      break
    fi
    sleep $((attempt * 5))
  done
  [ -e "$environment/.complete" ] || unavailable "its packages do not install"
fi
echo "$environment"

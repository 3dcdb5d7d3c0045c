#!/usr/bin/env bash
# Prints the folder of a Python environment with schemathesis; makes it when it is not there yet, beside LocalStack's in
# $WINNOW_CI_CACHE (~/.cache/winnow-ci), and once for each version.
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

schemathesis=4.32.5

cache=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}
tools=$cache/schemathesis-$schemathesis

if ! [ -e "$tools/.complete" ]; then
  rm -rf "$tools"
  # LocalStack's environment brings the Python, which is newer than many machines have.
  python=$("$(dirname "${BASH_SOURCE[0]}")/tools.sh")/bin/python
  "$python" -m venv "$tools" >&2 || { echo "Cannot install schemathesis: no environment can be made" >&2; exit 3; }
  # A registry that stumbles once is no reason to give up.
  for attempt in 1 2 3; do
    if "$tools/bin/pip" install --quiet "schemathesis==$schemathesis" >&2; then
      touch "$tools/.complete"
      break
    fi
    sleep $((attempt * 5))
  done
  [ -e "$tools/.complete" ] || { echo "Cannot install schemathesis: its packages do not install" >&2; exit 3; }
fi
echo "$tools"

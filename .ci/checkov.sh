#!/usr/bin/env bash
# Prints the path of checkov; makes an environment with it when it is not there yet, in $WINNOW_CI_CACHE
# (~/.cache/winnow-ci), and once for each version.
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

checkov=3.3.30

cache=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}
tools=$cache/checkov-$checkov

if ! [ -e "$tools/.complete" ]; then
  rm -rf "$tools"
  mkdir -p "$cache"
  python3 -m venv "$tools" >&2 || { echo "Cannot install checkov: no environment can be made" >&2; exit 3; }
  # A registry that stumbles once is no reason to give up.
  for attempt in 1 2 3; do
    if "$tools/bin/pip" install --quiet "checkov==$checkov" >&2; then
      touch "$tools/.complete"
      break
    fi
    sleep $((attempt * 5))
  done
  [ -e "$tools/.complete" ] || { echo "Cannot install checkov: its packages do not install" >&2; exit 3; }
fi
echo "$tools/bin/checkov"

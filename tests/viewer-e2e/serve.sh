#!/usr/bin/env bash
# The service that the tests start when they are given none: with the demonstration, in DATA, which is gone afterwards.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
service=''

finish() {
  trap '' INT TERM HUP
  if [[ -n $service ]]; then
    kill -TERM "$service" 2>/dev/null || true
    wait "$service" || true
  fi
  rm -rf "${DATA:?}"
}

trap finish EXIT
trap 'exit 0' INT TERM HUP
DEMO=1 scripts/run.sh &
service=$!
wait "$service"

#!/usr/bin/env bash
# Everything that is measured, side by side: bench.sh [subject ...]
# Without a subject all of them, and the table goes on top of bench/BASELINE.md. QUICK=1 takes three minutes and records nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

scripts/packages.sh bench
dotnet build bench/GridMap.Bench -c Release --nologo -v quiet -clp:NoSummary
run() { dotnet run -c Release --no-build --project bench/GridMap.Bench -- "$@"; }

if (( $# )) || [[ ${QUICK:-0} == 1 ]]; then
  run "$@"
  exit
fi
run --record bench/BASELINE.md
scripts/packages.sh test
scripts/npm-install.sh tests/viewer-e2e
npm --prefix tests/viewer-e2e run bench --silent

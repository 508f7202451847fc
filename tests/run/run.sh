#!/usr/bin/env bash
# The tests of make run and its scripts, as real runs: run.sh quick|full [NAME...]
# A test is a function quick_* or full_* in a *_test.sh file, run in a process of its own with a folder of its own.
# Exit code 77 is "skipped", with the reason on the last line. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if [[ ${1:-} == one ]]; then
  source tests/run/given.sh
  # shellcheck source=/dev/null
  source "$2"
  "$3"
  exit 0
fi

size=${1:-quick}
shift || true
passed=0 failed=0 skipped=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT
for file in tests/run/*_test.sh; do
  mapfile -t names < <(sed -n 's/^\(\(quick\|full\)_[a-z0-9_]*\)() *[{(].*/\1/p' "$file")
  for name in "${names[@]}"; do
    [[ $size == full || $name == quick_* ]] || continue
    (( $# == 0 )) || [[ " $* " == *" $name "* ]] || continue
    code=0 began=$SECONDS
    timeout -k 10 180 "$BASH" tests/run/run.sh one "$file" "$name" >"$output" 2>&1 </dev/null || code=$?
    case $code in
      0) printf 'ok       %s (%d s)\n' "$name" $((SECONDS - began)) && passed=$((passed + 1)) ;;
      77) printf 'skipped  %s: %s\n' "$name" "$(tail -n 1 "$output")" && skipped=$((skipped + 1)) ;;
      *)
        printf 'FAILED   %s (exit code %d)\n' "$name" "$code"
        sed 's/^/         | /' "$output"
        failed=$((failed + 1))
        ;;
    esac
  done
done
printf '%d passed, %d failed%s\n' "$passed" "$failed" "$( ((skipped == 0)) || printf ', %d skipped' "$skipped")"
(( failed == 0 ))

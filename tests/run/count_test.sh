# shellcheck shell=bash

counted() {
  awk -f scripts/count-tests.awk
}

quick_each_runners_summary_is_counted() {
  claim "dotnet test" [ "$(counted <<<"Failed!  - Failed:     1, Passed:    12, Skipped:     2, Total:    15, Duration: 447 ms - A.dll (net10.0)")" = "12 1 2" ]
  claim "two projects" [ "$(printf 'Passed!  - Failed: 0, Passed: 3, Skipped: 0, Total: 3\nPassed!  - Failed: 0, Passed: 4, Skipped: 0, Total: 4\n' | counted)" = "7 0 0" ]
  claim "vitest" [ "$(printf ' Test Files  1 failed | 2 passed (3)\n\033[2m      Tests \033[22m \033[31m1 failed\033[39m | \033[32m11 passed\033[39m | 2 skipped (14)\n' | counted)" = "11 1 2" ]
  claim "Playwright" [ "$(printf '  1 failed\n    [chromium] a.spec.ts:3:1\n  1 flaky\n  2 skipped\n  3 did not run\n  10 passed (4.2s)\n' | counted)" = "10 2 5" ]
  claim "node --test" [ "$(printf '# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 0\n' | counted)" = "3 1 0" ]
  claim "shell tests" [ "$(counted <<<"12 passed, 1 failed, 2 skipped")" = "12 1 2" ]
  claim "no summary" [ "$(counted <<<"error: it crashed")" = "0 0 0" ]
}

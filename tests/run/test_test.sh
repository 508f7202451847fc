# shellcheck shell=bash
# shellcheck disable=SC2154 # given.sh sets here

# A copy of the scripts beside a solution of one test project, with a dotnet that says what $here/dotnet.* say.
small_checkout() {
  mkdir -p "$here/checkout/tests/A.Tests" "$here/checkout/src/GridMap.Api" "$here/checkout/src/GridMap.Core" "$here/bin"
  cp -r Makefile scripts .ci "$here/checkout"
  git init -q "$here/checkout"
  touch "$here/checkout/tests/A.Tests/A.Tests.csproj"
  cat >"$here/bin/dotnet" <<DOTNET
#!/bin/sh
case \$1 in
  publish) while [ "\$1" != -o ]; do shift; done; mkdir -p "\$2"; touch "\$2/gridmap.dll" ;;
  *) [ ! -f "$here/dotnet.\$1" ] || . "$here/dotnet.\$1" ;;
esac
DOTNET
  chmod +x "$here/bin/dotnet"
  PATH=$here/bin:$PATH
}

# Runs continuous integration in it; sets line to the last line, and code.
ci_run() {
  code=0
  CI=true "$here/checkout/.ci/run" >"$here/ci.out" 2>&1 </dev/null || code=$?
  line=$(tail -n 1 "$here/ci.out")
}

# Expects the last line $2 and success or failure.
claim_ends() {
  [[ $line == "$2" && $(( code > 0 )) == "$3" ]] || { cat "$here/ci.out"; printf 'not so: %s: "%s", exit code %d\n' "$1" "$2" "$code"; exit 1; }
}

full_make_test_ends_with_the_truth_in_one_line() {
  local line code
  small_checkout
  echo 'echo "Passed!  - Failed: 0, Passed: 5, Skipped: 0, Total: 5"' >"$here/dotnet.test"
  ci_run && claim_ends "all is well" "5 passed, 0 failed" 0
  echo 'echo "Passed!  - Failed: 0, Passed: 4, Skipped: 1, Total: 5"' >"$here/dotnet.test"
  ci_run && claim_ends "one is skipped" "4 passed, 0 failed, 1 skipped" 0
  echo 'echo "Failed!  - Failed: 2, Passed: 3, Skipped: 0, Total: 5"; exit 1' >"$here/dotnet.test"
  ci_run && claim_ends "two fail" "3 passed, 2 failed" 1
  echo 'echo "Passed!  - Failed: 0, Passed: 3, Skipped: 0, Total: 3"; exit 134' >"$here/dotnet.test"
  ci_run && claim_ends "the test host crashes" "3 passed, 1 failed" 1
  echo '[Fact]' >"$here/checkout/tests/A.Tests/A.cs"
  echo 'echo "No test is available"' >"$here/dotnet.test"
  ci_run && claim_ends "no test runs though there is one" "0 passed, 1 failed" 1
  echo 'exit 1' >"$here/dotnet.build"
  ci_run && claim_ends "it does not build" "0 passed, 1 failed" 1
  rm "$here/dotnet.build"
  echo 'echo "Passed!  - Failed: 0, Passed: 5, Skipped: 0, Total: 5"' >"$here/dotnet.test"
  echo 'exit 2' >"$here/dotnet.format"
  ci_run && claim_ends "the format is wrong" "5 passed, 1 failed" 1
  claim "no cluster is left" [ ! -e "$(cat "$here/checkout/artifacts/test/cluster")" ]
}

full_make_test_that_is_interrupted_leaves_nothing() {
  small_checkout
  echo 'sleep 300' >"$here/dotnet.build"
  set -m
  make --no-print-directory -C "$here/checkout" test >"$here/out" 2>&1 </dev/null &
  local make=$! data
  set +m
  started+=("$make")
  within 60 grep -q '^== build' "$here/out"
  data=$(cat "$here/checkout/artifacts/test/cluster")
  kill -INT -- "-$make"
  wait "$make" || true
  claim_not "the cluster is left" [ -e "$data" ]
  claim_text "it counts as failed" "$(cat "$here/out")" "0 passed, 1 failed"
}

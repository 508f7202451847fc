#!/usr/bin/env bash
# make test: everything that is checked, against a throw-away cluster; ends with the line "N passed, N failed".
# A runner that fails to run counts as one failure, and so do a build or a format that is wrong.
# GRIDMAP_PROVE=1 (make prove): the same at full size.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# A tested program must not use the developer's own database.
unset GRIDMAP_DATABASE GRIDMAP_DATABASE_OWNER GRIDMAP_DATA

# One runner may take this long on a machine that is busy; all together take under 25 minutes on one that is not.
limit=25m
[[ ${GRIDMAP_PROVE:-0} != 1 ]] || limit=6h
results=artifacts/test
passed=0 failed=0 skipped=0 wrong=() running='' project=''

# Runs a command under the time limit, its output both seen and kept: logged NAME COMMAND...
# In the background, so that a signal to us is answered at once: timeout hands it on to all that the command has started.
logged() {
  local name=$1 code=0 copy tries
  shift
  say "== $name"
  exec {out}> >(exec tee "$results/$name.log")
  copy=$!
  timeout -k 10 "$limit" "$@" </dev/null >&"$out" 2>&1 9>&- {out}>&- &
  running=$!
  exec {out}>&-
  wait "$running" || code=$?
  running=''
  # A process that the command has left behind may hold the output open.
  for (( tries = 0; tries < 50; tries++ )); do
    kill -0 "$copy" 2>/dev/null || break
    sleep 0.1
  done
  (( code != 124 )) || say "$name: not done after $limit"
  return "$code"
}

# Runs a test runner and adds up what its output says that it did: runner NAME COMMAND...
runner() {
  local name=$1 code=0 counts
  logged "$@" || code=$?
  read -ra counts < <(awk -f scripts/count-tests.awk "$results/$name.log")
  if (( counts[0] + counts[1] + counts[2] == 0 && code == 0 )) && has_tests; then
    say "$name: no test was run, though there are some"
    code=1
  fi
  (( code == 0 || counts[1] > 0 )) || counts[1]=1
  (( counts[1] == 0 )) || wrong+=("$name")
  passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
}

# Runs what is no test, and counts only when it goes wrong: check NAME COMMAND...
check() {
  logged "$@" && return
  failed=$((failed + 1)) wrong+=("$1")
  return 1
}

# Whether the project that is being run has tests at all; a new one has none yet.
has_tests() {
  [[ -z $project ]] || grep -rqE --include='*.cs' '\[(Fact|Theory)' "$(dirname "$project")"
}

throw_away_cluster() {
  data=$(mktemp -d /tmp/gridmap-test.XXXXXX)
  chmod 711 "$data"
  printf '%s\n' "$data" >"$results/cluster"
  # Nothing here needs to survive a power cut; a killed process loses nothing without fsync either.
  scripts/cluster.sh start "$data" fsync=off full_page_writes=off max_connections=300 || return 1
  local password sockets
  password=$(od -An -v -tx1 -N18 /dev/urandom | tr -d ' \n')
  scripts/cluster.sh psql "$data" >/dev/null <<<"create role gridmap_test superuser login password '$password'" || return 1
  sockets=$(scripts/cluster.sh env "$data" | sed -n "s/^GRIDMAP_DATABASE='Host=\([^;]*\);.*/\1/p")
  export GRIDMAP_TEST_DATABASE="Host=$sockets;Port=5432;Username=gridmap_test;Password=$password;Database=gridmap"
}

drop_cluster() {
  [[ -d ${1:-} ]] || return 0
  scripts/cluster.sh stop "$1" || true
  [[ ! -s $1/postgres.location ]] || rm -rf "$(dirname "$(<"$1/postgres.location")")"
  rm -rf "$1"
}

finish() {
  local code=$?
  trap '' INT TERM HUP
  [[ -z $running ]] || kill -TERM "$running" 2>/dev/null || true
  drop_cluster "${data:-}"
  (( ${#wrong[@]} == 0 )) || say "Not good: ${wrong[*]} (logs in $results)"
  # Left before the end, by a signal or an error of this script's own.
  (( code == 0 || failed > 0 )) || failed=1
  local line="$passed passed, $failed failed"
  (( skipped == 0 )) || line+=", $skipped skipped"
  printf '%s\n' "$line" | tee "$results/summary"
  exit "$(( failed > 0 ))"
}

mkdir -p "$results"
exec 9>"$results/lock"
flock -n 9 || fail "another make test runs in this checkout: wait for it to end."
rm -f "$results"/*.log "$results/summary"
trap finish EXIT
trap 'exit 1' INT TERM HUP

check packages scripts/packages.sh test || exit 1
# One that was killed could not clean up after itself.
[[ ! -s $results/cluster ]] || drop_cluster "$(<"$results/cluster")"
throw_away_cluster || exit 1

if check build dotnet build GridMap.sln -c Release -warnaserror --nologo -v quiet -clp:NoSummary; then
  for project in tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    runner "$name" dotnet test "$project" -c Release --no-build --nologo --logger "console;verbosity=minimal"
  done
fi
project=''
check lint scripts/lint.sh || true

if check program scripts/build.sh; then
  # For tests that start the program as people do.
  GRIDMAP_PROGRAM=$(realpath artifacts/gridmap/current)/gridmap.dll
  export GRIDMAP_PROGRAM
  for folder in src/GridMap.Viewer tests/viewer-e2e; do
    [[ -f $folder/package.json ]] || continue
    runner "$(basename "$folder")" npm --prefix "$folder" test --silent
  done
  [[ ! -x tests/run/run.sh ]] || runner run tests/run/run.sh "$([[ ${GRIDMAP_PROVE:-0} == 1 ]] && echo full || echo quick)"
fi

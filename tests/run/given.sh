# shellcheck shell=bash
# Sourced by each test: its folder, a GridMap to start, and what it may claim.

# The user postgres must be able to enter.
here=$(mktemp -d /tmp/gridmap-run.XXXXXX)
chmod 711 "$here"
started=()
export DEMO=0 LC_ALL=C.UTF-8
unset GRIDMAP_DATABASE GRIDMAP_DATABASE_OWNER MAKEFLAGS MAKELEVEL

clean_up() {
  local code=$? pid log data
  set +e
  for pid in "${started[@]}"; do kill -KILL -- "-$pid" 2>/dev/null; done
  for log in "$here"/*/postgres.log "$here"/*/*/postgres.log; do
    [[ -e $log ]] || continue
    data=$(dirname "$log")
    scripts/cluster.sh stop "$data" >/dev/null 2>&1
    [[ ! -s $data/postgres.location ]] || rm -rf "$(dirname "$(<"$data/postgres.location")")"
  done
  rm -rf "$here"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

skip() {
  printf '%s\n' "$*"
  exit 77
}

# claim DESCRIPTION COMMAND...: the command succeeds.
claim() {
  local what=$1
  shift
  "$@" || { printf 'not so: %s\n  (%s)\n' "$what" "$*"; exit 1; }
}

# claim_not DESCRIPTION COMMAND...: the command fails.
claim_not() {
  local what=$1
  shift
  if "$@"; then
    printf 'not so: %s\n  (%s)\n' "$what" "$*"
    exit 1
  fi
}

# claim_text DESCRIPTION TEXT PART: the text has the part in it.
claim_text() {
  [[ $2 == *"$3"* ]] || { printf 'not so: %s\n  "%s" has no "%s"\n' "$1" "$2" "$3"; exit 1; }
}

# start_cluster NAME: a cluster in $here/NAME, without fsync: faster, and nothing here outlives the machine.
start_cluster() {
  scripts/cluster.sh start "$here/$1" fsync=off
}

# Waits until the command succeeds, $1 seconds at most.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    (( SECONDS < end )) || { printf 'not within the time: %s\n' "$*"; return 1; }
    read -rt 0.1 _ <> <(:) || true
  done
}

# Sets port to one that nobody listens on, a different one each time.
last_port=$((20000 + RANDOM % 20000))
free_port() {
  local hex
  while true; do
    last_port=$((last_port + 1))
    hex=$(printf ':%04X ' "$last_port")
    grep -q "$hex" /proc/net/tcp /proc/net/tcp6 2>/dev/null || break
  done
  # shellcheck disable=SC2034
  port=$last_port
}

# start_gridmap NAME [VARIABLE=value ...]: make run in the background, as at a terminal: its own process group,
# SIGINT alive. Sets gridmap to make's pid, which is also the group's; its output is in $here/NAME.out.
start_gridmap() {
  local name=$1
  shift
  set -m
  make --no-print-directory run "$@" >"$here/$name.out" 2>&1 </dev/null &
  gridmap=$!
  set +m
  started+=("$gridmap")
}

is_ready_or_gone() {
  grep -q '^GridMap is ready: ' "$here/$1.out" || ! kill -0 "$2" 2>/dev/null
}

# wait_for_ready NAME: until that GridMap says that it is ready.
wait_for_ready() {
  within 120 is_ready_or_gone "$1" "$gridmap" || { cat "$here/$1.out"; exit 1; }
  grep -q '^GridMap is ready: ' "$here/$1.out" || { cat "$here/$1.out"; exit 1; }
}

# The status line of GET http://127.0.0.1:PORT/readyz.
readyz() (
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  read -rt 10 line <&3
  [[ $line == *' 200'* ]]
) 2>/dev/null

# The pid of the program that serves port $1.
program_of() {
  pgrep -f "gridmap.dll serve --urls https?://[0-9.]*:$1\$"
}

# Whether process $1 is gone, or only waits for its parent to take note of it.
has_ended() {
  local state
  ! read -r _ _ state _ 2>/dev/null <"/proc/$1/stat" || [[ $state == Z ]]
}

no_program_on() {
  ! program_of "$1" >/dev/null
}

nothing_runs() {
  no_program_on "$2" && ! scripts/cluster.sh status "$1" >/dev/null
}

# sql DATA STATEMENT: the answer, as the superuser.
sql() {
  scripts/cluster.sh psql "$1" -At -c "$2"
}

# sql_as ROLE DATA STATEMENT: the answer, as one of the two roles, with its password.
sql_as() {
  local connection name=GRIDMAP_DATABASE
  [[ $1 == gridmap ]] || name=GRIDMAP_DATABASE_OWNER
  connection=$(scripts/cluster.sh env "$2" | sed -n "s/^$name='\(.*\)'$/\1/p")
  [[ $connection =~ Host=([^;]*)\;.*Password=([^;]*) ]]
  PGPASSWORD=${BASH_REMATCH[2]} psql -X -At -v ON_ERROR_STOP=1 -h "${BASH_REMATCH[1]}" -U "$1" -d gridmap -c "$3"
}

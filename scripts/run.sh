#!/usr/bin/env bash
# make run: packages, build, database, program; stays in the foreground; Ctrl-C stops what it started.
# Everything it takes is an environment variable: see docs/running.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

PORT=${PORT:-8080} HOST=${HOST:-127.0.0.1} TLS=${TLS:-0} DATA=$(realpath -m -- "${DATA:-var}")
export TLS
scheme=http program='' step='' cluster='' stopping=0

# --- what can be said at once -------------------------------------------------------------------

check_arguments() {
  [[ $PORT =~ ^[1-9][0-9]{0,4}$ && $PORT -lt 65536 ]] || fail "PORT=$PORT is no port: use a number from 1 to 65535, as in make run PORT=8081."
  [[ $TLS == [01] ]] || fail "TLS=$TLS: use TLS=1 for https, or leave it out."
  if [[ -n ${TLS_CERT:-}${TLS_KEY:-} ]]; then
    [[ $TLS == 1 ]] || fail "TLS_CERT and TLS_KEY are for TLS=1."
    [[ -r ${TLS_CERT:-} && -r ${TLS_KEY:-} ]] || fail "TLS_CERT and TLS_KEY must both be PEM files that can be read."
  fi
  command -v setpriv >/dev/null || fail "setpriv is missing: apt-get install util-linux"
}

# One GridMap per DATA. The program holds the lock too, so it is free only when the program is gone.
lock_data() {
  if [[ ! -d $DATA ]]; then
    mkdir -p "$DATA" || fail "the folder $DATA cannot be made: choose another DATA."
    chmod 711 "$DATA"
  fi
  [[ -w $DATA ]] || fail "the folder $DATA cannot be written by $(id -un): choose another DATA, as in make run DATA=var2."
  exec 9<>"$DATA/.lock"
  # A moment, for one that is just being killed.
  if ! flock -w 1 9; then
    local pid='' port=''
    read -r pid port <&9 || true
    # If its script is gone, the program is about to end.
    if [[ -n $pid ]] && runs "$pid" || ! flock -w 15 9; then
      fail "$DATA is in use by another GridMap (pid ${pid:-unknown}, port ${port:-unknown}). Stop that one, or start this one beside it: make run PORT=$(free_port) DATA=${DATA}2"
    fi
  fi
  printf '%s %s\n' "$$" "$PORT" >"$DATA/.lock"
}

# Whether somebody listens where we would: on our address, or on all of them. Straight from the kernel's table.
port_is_taken() {
  local tables=(/proc/net/tcp)
  [[ ! -r /proc/net/tcp6 ]] || tables+=(/proc/net/tcp6)
  awk -v port="$(printf '%04X' "$1")" -v host="$(host_in_hex)" '
    FNR > 1 && $4 == "0A" {
      split($2, local, ":")
      if (local[2] == port && (host == "" || local[1] ~ host "$" || local[1] ~ /^0+$/)) taken = 1
    }
    END { exit !taken }' "${tables[@]}"
}

# HOST as /proc/net/tcp writes it; nothing for all addresses, or one that is not IPv4: then any listener counts.
host_in_hex() {
  local host=$HOST
  [[ $host != localhost ]] || host=127.0.0.1
  [[ $host =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$ && $host != 0.0.0.0 ]] || return 0
  printf '%02X%02X%02X%02X' "${BASH_REMATCH[4]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
}

free_port() {
  local port=$((PORT + 1))
  while port_is_taken "$port"; do port=$((port + 1)); done
  printf '%s' "$port"
}

check_port() {
  ! port_is_taken "$PORT" || fail "port $PORT is in use by another program. Take another: make run PORT=$(free_port)"
}

# Whether process $1 runs. Within a trap bash takes no note of children that have ended: ask the kernel. One that only
# waits to be noticed has ended too.
runs() {
  local state
  read -r _ _ state _ 2>/dev/null <"/proc/$1/stat" && [[ $state != Z ]]
}

# --- starting -----------------------------------------------------------------------------------

# Runs a command so that a signal to us is answered at once, and reaches all that the command has started.
run_step() {
  set -m
  "$@" 9>&- &
  step=$!
  set +m
  local code=0
  wait "$step" || code=$?
  step=''
  return "$code"
}

start_cluster() {
  if [[ -n ${GRIDMAP_DATABASE:-} ]]; then
    say "Using the database of GRIDMAP_DATABASE"
    return
  fi
  cluster=yes
  run_step scripts/cluster.sh start "$DATA" || exit 1
  local connections
  connections=$(scripts/cluster.sh env "$DATA")
  set -a
  eval "$connections"
  set +a
}

choose_certificate() {
  [[ $TLS == 1 ]] || return 0
  scheme=https
  if [[ -z ${TLS_CERT:-} ]]; then
    { read -r TLS_CERT && read -r TLS_KEY; } < <(scripts/tls.sh "$DATA") || exit 1
    say "https with this machine's own authority: install $DATA/tls/ca.pem on the phones (docs/running.md)"
  fi
  Kestrel__Certificates__Default__Path=$(realpath -- "$TLS_CERT")
  Kestrel__Certificates__Default__KeyPath=$(realpath -- "$TLS_KEY")
  export Kestrel__Certificates__Default__Path Kestrel__Certificates__Default__KeyPath
}

# In a process group of its own, so that Ctrl-C reaches this script alone, which stops things in their order;
# and should this script be killed, the kernel ends the program.
start_program() {
  local folder
  folder=$(realpath artifacts/gridmap/current)
  exec 8<"$folder"
  flock -s 8
  export GRIDMAP_DATA=$DATA DEMO=${DEMO:-1}
  set -m
  # The working folder is the program's: its wwwroot is found there. What ASP.NET says about starting, we say ourselves.
  (cd "$folder" && exec setpriv --pdeathsig TERM env Logging__LogLevel__Microsoft.Hosting.Lifetime=Warning \
    dotnet gridmap.dll serve --urls "$scheme://$HOST:$PORT") </dev/null &
  program=$!
  set +m
}

# The address that the program answers on from this machine.
own_address() {
  case $HOST in
    0.0.0.0 | '*' | '[::]' | localhost) echo 127.0.0.1 ;;
    *) echo "$HOST" ;;
  esac
}

# Asks /readyz without curl, which a bare Debian does not have.
is_ready() (
  address=$(own_address)
  request=$'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n'
  if [[ $TLS == 1 ]]; then
    reply=$(timeout 5 openssl s_client -connect "$address:$PORT" -quiet <<<"$request" 2>/dev/null) || true
  else
    exec 6<>"/dev/tcp/${address//[\[\]]/}/$PORT" || exit 1
    printf '%s' "$request" >&6
    read -rt 5 reply <&6
  fi
  [[ $reply == HTTP/1.?' 200'* ]]
) 2>/dev/null

# Waits $1 seconds without a child process.
pause() {
  read -rt "$1" _ <>"$nothing" || true
}

wait_until_ready() {
  local waited=0
  until is_ready; do
    watch
    pause 0.2
    waited=$((waited + 1))
    (( waited % 150 )) || say "Still starting; the first start loads the demonstration."
  done
}

announce() {
  say "GridMap is ready: $scheme://$(own_address):$PORT"
  [[ $HOST == 0.0.0.0 || $HOST == '*' ]] || return 0
  local address
  for address in $(hostname -I 2>/dev/null); do
    [[ $address == *:* ]] || say "On the network: $scheme://$address:$PORT"
  done
}

# --- staying and stopping -----------------------------------------------------------------------

# One look at what could have happened while nothing happened.
watch() {
  if ! runs "$program"; then
    local code=0
    wait "$program" || code=$?
    program=''
    fail "the program has ended by itself (exit code $code); its last lines above say why."
  fi
  if [[ -n $cluster ]] && ! runs "$postmaster"; then
    say "PostgreSQL has ended unexpectedly: starting it again."
    run_step scripts/cluster.sh start "$DATA" || exit 1
    postmaster=$(scripts/cluster.sh status "$DATA")
  fi
  make_has_gone && stop_and_leave
  return 0
}

# make hands a SIGTERM on to us but not a SIGINT that was sent to it alone: then it only waits, having put the
# signal's default action back. Nor can it tell us that it was killed.
make_has_gone() {
  [[ -n $make ]] || return 1
  local key value
  while read -r key value; do
    case $key in
      State:) [[ $value != Z* ]] || return 0 ;;
      SigCgt:) return "$(( 16#${value: -1} & 2 ? 1 : interruptible ))" ;;
    esac
  done 2>/dev/null <"/proc/$make/status"
  return 0
}

stop_and_leave() {
  trap '' HUP
  say "Stopping"
  exit 0
}

# Runs at every exit: first the program, then what it stands on.
stop_all() {
  local code=$?
  (( stopping == 0 )) || return
  stopping=1
  # A second Ctrl-C does not wait for the program any longer.
  trap '[[ -z $program ]] || kill -KILL -- "-$program" 2>/dev/null || true' INT TERM
  [[ -z $step ]] || kill -TERM -- "-$step" 2>/dev/null || true
  if [[ -n $program ]]; then
    kill -TERM "$program" 2>/dev/null || true
    local tries
    for (( tries = 0; tries < 300; tries++ )); do
      runs "$program" || break
      pause 0.1
    done
    kill -KILL -- "-$program" 2>/dev/null || true
    wait "$program" 2>/dev/null || true
  fi
  [[ -z $cluster ]] || setsid scripts/cluster.sh stop "$DATA" 9>&- || code=1
  rm -rf "$nothing"
  exit "$code"
}

nothing=$(mktemp -u)
mkfifo -m 600 "$nothing"
postmaster=''
make='' interruptible=0
if [[ $(cat "/proc/$PPID/comm" 2>/dev/null) == *make ]]; then
  make=$PPID
  # A make in the background of a script ignores SIGINT from the beginning.
  if make_has_gone; then interruptible=1; fi
fi
trap stop_all EXIT
trap stop_and_leave INT TERM HUP

check_arguments
lock_data
check_port
run_step scripts/packages.sh run || exit 1
run_step scripts/build.sh || exit 1
start_cluster
[[ -z $cluster ]] || postmaster=$(scripts/cluster.sh status "$DATA")
choose_certificate
start_program
wait_until_ready
announce
while true; do
  watch
  pause 1
done

#!/usr/bin/env bash
# The private PostGIS cluster of one DATA folder.
#   cluster.sh start DATA [name=value ...]   starts it, or finds it running; settings go on top of GridMap's own
#   cluster.sh stop DATA
#   cluster.sh status DATA                   prints the postmaster's pid; 1 when it does not run
#   cluster.sh env DATA                      prints the two connections as shell assignments
#   cluster.sh psql DATA [arguments]         the superuser's psql on the database gridmap; likewise pg_dump, pg_restore
#
# PostgreSQL refuses to run as root: then it runs as the user postgres, else as the caller. It listens on a socket only.
# The superuser comes in by that user's identity alone; gridmap_owner (migrations) and gridmap (the service, no DDL) by
# passwords that only the owner of DATA can read.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/say.sh
source "$scripts/say.sh"
# shellcheck source=scripts/postgres.sh
source "$scripts/postgres.sh"
# A PGHOST or PGOPTIONS of the caller's is about another server.
unset "${!PG@}"

verb=${1:-} data=${2:-}
[[ -n $data ]] || fail "usage: cluster.sh start|stop|status|env|psql|pg_dump|pg_restore DATA"
shift 2
data=$(realpath -m -- "$data")
# The user postgres may not enter where we were called.
cd /
pointer=$data/postgres.location
connections=$data/database.env
log=$data/postgres.log
log_limit=$((8 * 1024 * 1024))

as_user() {
  if (( EUID )); then "$@"; else runuser -u "$user" -- env HOME=/ "$@"; fi
}

# Sets folder (the cluster's files) and user (who runs it) as they are, or would be.
locate() {
  folder=$data/postgres
  [[ -s $pointer ]] && folder=$(<"$pointer")
  if (( EUID )); then
    user=$(id -un 2>/dev/null) || fail "PostgreSQL needs a user with a name, and uid $EUID has none in /etc/passwd."
    [[ ! -e $folder || -O $folder ]] || fail "the database in $folder belongs to $(stat -c %U "$folder"): start GridMap as that user or as root, or with another DATA."
  elif [[ -f $folder/PG_VERSION ]]; then
    user=$(stat -c %U "$folder")
  else
    user=postgres
  fi
}

# The pid of the living postmaster of folder. A pid file alone proves nothing: after a restart of the machine or the
# container its number may be another process's. A postmaster stands in its data folder; nobody else of that pid does.
postmaster() {
  local pid
  read -r pid 2>/dev/null <"$folder/postmaster.pid" || return 1
  [[ $pid =~ ^[0-9]+$ && $(readlink "/proc/$pid/cwd") == "$(realpath -- "$folder")" ]] && printf '%s\n' "$pid"
}

# The first folder on the way to $1 that the cluster's user cannot enter.
blocked_at() {
  local path='' part
  while IFS= read -rd / part; do
    path+=${part:+/$part}
    as_user test -x "${path:-/}" || { printf '%s\n' "$path"; return 0; }
  done <<<"$1/"
  return 1
}

# Makes folder for user, elsewhere when user could not get into DATA (a DATA under /root, say).
make_folder() {
  if (( EUID )); then
    mkdir -p "$folder"
    return
  fi
  id postgres &>/dev/null || fail "there is no user postgres to run PostgreSQL as; its Debian package makes one: apt-get install --reinstall postgresql-common"
  mkdir -p "$folder" && chown "$user:" "$folder" 2>/dev/null && chmod 700 "$folder"
  as_user test -w "$folder" && return

  local blocked
  blocked=$(blocked_at "$data") || blocked=$data
  rmdir "$folder"
  [[ -d /var/lib/gridmap ]] || mkdir -m 711 /var/lib/gridmap
  folder=$(mktemp -d "/var/lib/gridmap/$(basename "$data").XXXXXX")
  chmod 711 "$folder"
  printf '%s\n' "$data" >"$folder/belongs-to"
  folder+=/postgres
  mkdir -m 700 "$folder"
  chown "$user:" "$folder"
  as_user test -w "$folder" || fail "the user $user can enter neither $blocked nor $folder: choose another DATA."
  printf '%s\n' "$folder" >"$pointer"
  say "The user $user cannot enter $blocked, so the database's files are in $folder (noted in $pointer)."
}

create() {
  local version
  version=$(postgres_with_postgis) || fail "PostgreSQL with PostGIS is not installed: scripts/packages.sh run"
  programs=$(postgres_programs "$version")
  [[ ! -d $folder || -z $(find "$folder" -mindepth 1 -print -quit) ]] || fail "$folder is not empty, and no PostgreSQL data folder: move it away."
  make_folder
  say "Creating the PostgreSQL $version cluster in $folder"
  # Whole or not at all: a start that is killed here leaves a folder that the next one throws away.
  local fresh=$folder.new
  rm -rf "$fresh"
  mkdir -m 700 "$fresh"
  (( EUID )) || chown "$user:" "$fresh"
  local sync=()
  [[ " $* " != *" fsync=off "* ]] || sync=(--no-sync)
  as_user "$programs/initdb" -D "$fresh" -U postgres --encoding=UTF8 --locale=C.UTF-8 --auth=reject "${sync[@]}" >>"$log" 2>&1 ||
    fail "initdb failed: $(tail -n 5 "$log")"
  as_user tee "$fresh/pg_hba.conf" >/dev/null <<'HBA'
local all postgres peer map=superuser
local all all scram-sha-256
HBA
  as_user tee "$fresh/pg_ident.conf" >/dev/null <<<"superuser $user postgres"
  as_user tee -a "$fresh/postgresql.conf" >/dev/null <<<"include = 'gridmap.conf' # written by GridMap at each start: use ALTER SYSTEM to change a setting"
  rm -f "$connections"
  mv -T "$fresh" "$folder"
}

# Sets programs to those of the version that wrote folder.
choose_programs() {
  local version newest
  version=$(<"$folder/PG_VERSION")
  programs=$(postgres_programs "$version") && return
  newest=$(postgres_with_postgis) || newest=none
  fail "the database in $folder was written by PostgreSQL $version, and this machine has version $newest.
  Either install that one:  apt-get install postgresql-$version-postgis-3
  or carry the data over:   dump it where version $version runs (gridmap backup), start with another DATA here, and restore it."
}

# Sets sockets to one short folder for the socket: a path over 107 bytes does not start, and DATA may be of any length.
name_sockets() {
  local id
  id=$(sha256sum <<<"$folder")
  sockets=/tmp/gridmap-$(id -u "$user")-${id:0:12}
}

make_sockets() {
  name_sockets
  if mkdir -m 700 "$sockets" 2>/dev/null; then
    (( EUID )) || chown "$user:" "$sockets"
  fi
  # /tmp is everybody's: what stands there already must be ours.
  [[ -d $sockets && ! -L $sockets && $(stat -c %U:%a "$sockets") == "$user:700" ]] ||
    fail "$sockets is for the database's socket and belongs to somebody else: remove it."
}

# The server processes that stand in folder $1, one pid a line.
standing_in() {
  local pid where
  # Processes that end meanwhile are no failure of find's.
  { find /proc -mindepth 2 -maxdepth 2 -name cwd -printf '%h\t%l\n' 2>/dev/null || true; } |
    while IFS=$'\t' read -r pid where; do
      [[ $where != "$1" || $(cat "$pid/comm" 2>/dev/null) != postgres ]] || printf '%s\n' "${pid#/proc/}"
    done
}

# Ends the processes that stand in $1, and waits for it. They have lost their postmaster or their folder.
clear_away() {
  local pids tries
  for (( tries = 0; tries < 100; tries++ )); do
    mapfile -t pids < <(standing_in "$1")
    (( ${#pids[@]} )) || return 0
    # Server processes notice by themselves that the postmaster is gone, when they come to look.
    (( tries < 20 )) || kill -QUIT "${pids[@]}" 2>/dev/null || true
    sleep 0.1
  done
  fail "process ${pids[*]} of an earlier start still uses $1 and does not end."
}

# After a kill -9 or a power cut: what would make PostgreSQL believe that it runs already.
clear_remains() {
  local real pid orphans
  real=$(realpath -- "$folder")
  if read -r pid 2>/dev/null <"$folder/postmaster.pid"; then
    clear_away "$real"
    # PostgreSQL itself drops the pid file of a dead process, not that of a pid that now is somebody else.
    [[ ! -d /proc/$pid ]] || rm -f "$folder/postmaster.pid"
  fi
  if read -r pid 2>/dev/null <"$sockets/.s.PGSQL.5432.lock"; then
    # DATA was deleted under a running server, and made anew.
    orphans=$(standing_in "$real (deleted)")
    if grep -qx "$pid" <<<"$orphans"; then
      kill -QUIT "$pid"
      clear_away "$real (deleted)"
    fi
    rm -f "$sockets"/.s.PGSQL.5432*
  fi
}

write_settings() {
  as_user tee "$folder/gridmap.conf" >/dev/null <<CONF
# Written by GridMap at each start.
listen_addresses = ''
port = 5432
unix_socket_directories = '$sockets'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
# Two cores serve many small queries.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
# A container has little /dev/shm, and what a user has there is removed when they log out.
dynamic_shared_memory_type = mmap
# What was answered with 201 survives kill -9 and a power cut.
fsync = on
synchronous_commit = on
wal_level = minimal
max_wal_senders = 0
log_min_messages = warning
log_checkpoints = off
log_line_prefix = '%m [%p] %q%u@%d '
log_timezone = 'UTC'
timezone = 'UTC'
CONF
  (( $# == 0 )) || printf '%s\n' "${@/=/ = }" | as_user tee -a "$folder/gridmap.conf" >/dev/null
}

# The postmaster outlives this script: it must hold none of its files open (a caller's pipe would never end, a lock never open).
launch() (
  local fd
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    (( fd < 3 || fd == 255 )) || eval "exec $fd>&-"
  done
  as_user "$programs/pg_ctl" start -D "$folder" -s -w -t 300 </dev/null >>"$log" 2>&1
)

# Statements that failed are in the log, with what they were about.
make_log() {
  if [[ -f $log ]] && (( $(stat -c %s "$log") > log_limit )); then mv -f "$log" "$log.1"; fi
  (umask 077 && touch "$log")
}

start() {
  locate
  if [[ ! -d $data ]]; then
    mkdir -p "$data"
    # Photos and passwords lie here; the user postgres only passes through.
    chmod 711 "$data"
  fi
  [[ -w $data ]] || fail "the folder $data cannot be written by $(id -un): choose another DATA."
  if found_running; then
    say "PostgreSQL of an earlier start still runs (pid $(postmaster)): using it."
  else
    make_log
    [[ -e $folder/PG_VERSION ]] || create "$@"
    choose_programs
    (( EUID )) || as_user test -w "$folder" || fail "the user $user cannot enter $(blocked_at "$folder" || printf '%s' "$folder"), where the database's files are: chmod o+x that folder."
    make_sockets
    clear_remains
    write_settings "$@"
    local before
    before=$(stat -c %s "$log")
    launch || fail "PostgreSQL did not start. From $log:
$(tail -c "+$((before + 1))" "$log" | tail -n 8)"
  fi
  prepare
}

# Whether a postmaster of an earlier start answers. One that is about to end, or still recovering, is waited for.
found_running() {
  local tries
  for (( tries = 0; tries < 3000; tries++ )); do
    postmaster >/dev/null || return 1
    choose_programs
    find_sockets
    as_user "$programs/pg_isready" -q -h "$sockets" -p 5432 && return 0
    sleep 0.1
  done
  fail "PostgreSQL of an earlier start (pid $(postmaster)) runs but does not answer: see $log."
}

# Sets sockets to where the running postmaster listens: line 5 of its pid file.
find_sockets() {
  sockets=$(sed -n 5p "$folder/postmaster.pid" 2>/dev/null) || true
}

# One of PostgreSQL's own programs, as the superuser: superuser psql|pg_dump|pg_restore ARGUMENTS...
superuser() {
  local program=$1
  shift
  [[ $program != psql ]] || set -- -X -q -v ON_ERROR_STOP=1 "$@"
  as_user "$programs/$program" -h "$sockets" -p 5432 -U postgres "$@"
}

password() {
  od -An -v -tx1 -N18 /dev/urandom | tr -d ' \n'
}

# The roles, the database and the file with the connections; the file comes last, so it says that the rest is there.
prepare() {
  local owner service file
  if [[ -f $connections ]]; then
    file=$(<"$connections")
    [[ $file == *"Host=$sockets;"* ]] && return
    # DATA has been moved: the socket has another place now.
    service=$(sed -n "s/^GRIDMAP_DATABASE='.*Password=\([0-9a-f]*\);.*/\1/p" "$connections")
    owner=$(sed -n "s/^GRIDMAP_DATABASE_OWNER='.*Password=\([0-9a-f]*\);.*/\1/p" "$connections")
  else
    service=$(password)
    owner=$(password)
    superuser psql -d postgres >/dev/null <<SQL
select format('create role %I login', name) from unnest(array['gridmap_owner', 'gridmap']) name
where not exists (select from pg_roles where rolname = name) \gexec
alter role gridmap_owner password '$owner';
alter role gridmap password '$service';
select 'create database gridmap owner gridmap_owner' where not exists (select from pg_database where datname = 'gridmap') \gexec
revoke all on database gridmap from public;
grant connect, temporary on database gridmap to gridmap;
\connect gridmap
set client_min_messages = warning;
create extension if not exists postgis;
SQL
  fi
  local rest="Port=5432;Database=gridmap;Maximum Pool Size"
  # The pools together stay under max_connections.
  (
    umask 077
    printf "GRIDMAP_DATABASE='%s'\nGRIDMAP_DATABASE_OWNER='%s'\n" \
      "Host=$sockets;Username=gridmap;Password=$service;$rest=80" \
      "Host=$sockets;Username=gridmap_owner;Password=$owner;$rest=10" >"$connections.new"
  )
  mv -f "$connections.new" "$connections"
}

stop() {
  locate
  if ! postmaster >/dev/null; then
    # What a killed one has left in /tmp.
    name_sockets
    [[ ! -O $sockets && $EUID != 0 ]] || rm -rf "$sockets"
    return
  fi
  choose_programs
  find_sockets
  as_user "$programs/pg_ctl" stop -D "$folder" -s -m fast -w -t 60 >>"$log" 2>&1 ||
    as_user "$programs/pg_ctl" stop -D "$folder" -s -m immediate -w -t 20 >>"$log" 2>&1 ||
    fail "PostgreSQL of $data did not stop; see $log."
  rmdir "$sockets" 2>/dev/null || true
}

case $verb in
  start) start "$@" ;;
  stop) stop ;;
  status)
    locate
    postmaster
    ;;
  env)
    [[ -f $connections ]] || fail "$data has no database yet: cluster.sh start $data"
    cat "$connections"
    ;;
  psql | pg_dump | pg_restore)
    locate
    postmaster >/dev/null || fail "the database of $data does not run: cluster.sh start $data"
    choose_programs
    find_sockets
    superuser "$verb" -d gridmap "$@"
    ;;
  *) fail "usage: cluster.sh start|stop|status|env|psql|pg_dump|pg_restore DATA" ;;
esac

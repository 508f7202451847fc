# shellcheck shell=bash
# shellcheck disable=SC2154,SC2115 # given.sh sets here, to a folder that is there

quick_a_cluster_starts_stops_and_keeps_its_rows() {
  scripts/cluster.sh start "$here/var"
  sql "$here/var" "create table kept (n int); insert into kept values (42)"
  claim "commits wait for the disk" [ "$(sql "$here/var" "select current_setting('fsync') || current_setting('synchronous_commit')")" = onon ]
  claim "it listens on no address" [ -z "$(sql "$here/var" "show listen_addresses")" ]
  local sockets
  sockets=$(sql "$here/var" "show unix_socket_directories")
  claim "nobody else enters the socket's folder" [ "$(stat -c %a "$sockets")" = 700 ]
  claim "nobody else reads the passwords" [ "$(stat -c %a "$here/var/database.env")" = 600 ]
  scripts/cluster.sh stop "$here/var"
  claim_not "it still runs" scripts/cluster.sh status "$here/var"
  claim_not "the socket's folder stays behind" [ -e "$sockets" ]
  scripts/cluster.sh start "$here/var"
  claim "the row is there" [ "$(sql "$here/var" "select n from kept")" = 42 ]
}

quick_the_service_role_changes_no_tables_and_nobody_comes_in_without_a_password() {
  scripts/cluster.sh start "$here/var"
  sql_as gridmap_owner "$here/var" "create table notes (n int)"
  claim_not "the service creates a table" sql_as gridmap "$here/var" "create table mine (n int)"
  claim_not "the service drops a table" sql_as gridmap "$here/var" "drop table notes"
  claim_text "the service reaches PostGIS" "$(sql_as gridmap "$here/var" "select st_astext(st_makepoint(1, 2))")" "POINT(1 2)"
  local sockets role
  sockets=$(sql "$here/var" "show unix_socket_directories")
  for role in gridmap gridmap_owner; do
    claim_not "$role comes in with a wrong password" env PGPASSWORD=wrong psql -X -h "$sockets" -U "$role" -d gridmap -c "select 1"
  done
  (( EUID )) || claim_not "root is the superuser" env PGPASSWORD=wrong psql -X -h "$sockets" -U postgres -d gridmap -c "select 1"
}

quick_a_killed_cluster_recovers() {
  start_cluster var
  sql "$here/var" "create table kept (n int); insert into kept values (42)"
  local pid
  pid=$(scripts/cluster.sh status "$here/var")
  kill -KILL "$pid"
  start_cluster var
  claim_not "it is the same process" [ "$pid" = "$(scripts/cluster.sh status "$here/var")" ]
  claim "the row is there" [ "$(sql "$here/var" "select n from kept")" = 42 ]
}

quick_a_running_cluster_is_found_again() {
  start_cluster var
  local pid
  pid=$(scripts/cluster.sh status "$here/var")
  claim_text "it says so" "$(scripts/cluster.sh start "$here/var")" "still runs (pid $pid)"
  claim "it is the same process" [ "$pid" = "$(scripts/cluster.sh status "$here/var")" ]
}

# After a restart of a container the numbers begin anew: the old pid is soon somebody else's.
quick_a_pid_that_is_somebody_elses_now_does_not_hold_a_start_up() {
  start_cluster var
  local pid sockets other
  pid=$(scripts/cluster.sh status "$here/var")
  sockets=$(sql "$here/var" "show unix_socket_directories")
  cp "$here/var/postgres/postmaster.pid" "$here/pid"
  cp "$sockets/.s.PGSQL.5432.lock" "$here/lock"
  kill -KILL "$pid"
  sleep 60 &
  other=$!
  sed -i "1s/.*/$other/" "$here/pid" "$here/lock"
  cp "$here/pid" "$here/var/postgres/postmaster.pid"
  cp "$here/lock" "$sockets/.s.PGSQL.5432.lock"
  claim_not "a stranger counts as the database" scripts/cluster.sh status "$here/var"
  start_cluster var
  claim "it answers" [ "$(sql "$here/var" "select 1")" = 1 ]
  claim "the stranger lives" kill -0 "$other"
  kill "$other"
}

quick_two_clusters_stand_side_by_side() {
  start_cluster a
  start_cluster b
  sql "$here/a" "create table only_in_a (n int)"
  claim_not "they are one" sql "$here/b" "select from only_in_a"
  scripts/cluster.sh stop "$here/a"
  claim "the other one goes on" [ "$(sql "$here/b" "select 1")" = 1 ]
}

quick_a_data_path_of_any_length_with_spaces_and_brackets_starts() {
  local long
  long="$here/$(printf 'a%.0s' {1..120})/var [1]*"
  scripts/cluster.sh start "$long"
  claim "it answers" [ "$(sql "$long" "select 1")" = 1 ]
  kill -KILL "$(scripts/cluster.sh status "$long")"
  scripts/cluster.sh start "$long"
  claim "it recovers" [ "$(sql "$long" "select 1")" = 1 ]
  scripts/cluster.sh stop "$long"
}

quick_data_that_postgres_cannot_enter_is_handled_and_said() {
  (( EUID == 0 )) || skip "only root runs PostgreSQL as another user"
  mkdir -m 700 "$here/closed"
  local said again
  said=$(scripts/cluster.sh start "$here/closed/var")
  claim_text "it says why" "$said" "The user postgres cannot enter $here/closed, so the database's files are in /var/lib/gridmap/"
  sql "$here/closed/var" "create table kept (n int)"
  scripts/cluster.sh stop "$here/closed/var"
  again=$(scripts/cluster.sh start "$here/closed/var")
  claim "it is said once" [ -z "$again" ]
  sql "$here/closed/var" "select from kept"
}

quick_a_cluster_of_another_version_says_what_to_do() {
  mkdir -p "$here/var/postgres"
  echo 9 >"$here/var/postgres/PG_VERSION"
  local said
  said=$(scripts/cluster.sh start "$here/var" 2>&1) && exit 1
  claim_text "it names the version" "$said" "written by PostgreSQL 9"
  claim_text "it names the package" "$said" "postgresql-9-postgis-3"
}

full_a_first_start_that_is_killed_is_begun_again() {
  local cluster delay
  for delay in 0.1 0.3 0.6 0.9 1.2; do
    set -m
    scripts/cluster.sh start "$here/var" &
    cluster=$!
    set +m
    sleep "$delay"
    kill -KILL -- "-$cluster" 2>/dev/null || true
    wait "$cluster" 2>/dev/null || true
    start_cluster var
    claim_text "it is whole after $delay s" "$(sql_as gridmap "$here/var" "select postgis_version()")" "3."
    scripts/cluster.sh stop "$here/var"
    rm -rf "$here/var"
  done
}

full_data_that_was_deleted_under_a_running_cluster_starts_anew() {
  start_cluster var
  local pid
  pid=$(scripts/cluster.sh status "$here/var")
  rm -rf "$here/var"
  start_cluster var
  claim "the old one has ended" within 10 has_ended "$pid"
  claim "the new one answers" [ "$(sql_as gridmap "$here/var" "select 1")" = 1 ]
}

full_data_that_has_moved_is_found() {
  start_cluster var
  sql "$here/var" "create table kept (n int)"
  scripts/cluster.sh stop "$here/var"
  mv "$here/var" "$here/moved"
  start_cluster moved
  sql "$here/moved" "select from kept"
  claim "the service's connection goes there" [ "$(sql_as gridmap "$here/moved" "select 1")" = 1 ]
}

# As docs/running.md says it.
full_a_dump_comes_back_in_another_cluster() {
  start_cluster a
  sql_as gridmap_owner "$here/a" "create table kept as select st_makepoint(1, 2) place"
  sql_as gridmap_owner "$here/a" "grant select on kept to gridmap"
  scripts/cluster.sh pg_dump "$here/a" -Fc >"$here/dump"
  start_cluster b
  scripts/cluster.sh pg_restore "$here/b" --clean --if-exists --exit-on-error <"$here/dump"
  claim "the rows and rights are there" [ "$(sql_as gridmap "$here/b" "select st_astext(place) from kept")" = "POINT(1 2)" ]
}

full_a_damaged_cluster_shows_why_it_does_not_start() {
  start_cluster var
  scripts/cluster.sh stop "$here/var"
  rm "$here/var/postgres/global/pg_control"
  local said
  said=$(scripts/cluster.sh start "$here/var" 2>&1) && exit 1
  claim_text "it shows the log" "$said" "could not find the database system"
}

full_a_normal_user_runs_the_cluster_as_themselves() {
  (( EUID == 0 )) || skip "the other tests do this already"
  cp -r scripts "$here/scripts"
  mkdir -m 700 "$here/home"
  chown -R nobody: "$here/home"
  runuser -u nobody -- "$here/scripts/cluster.sh" start "$here/home/var"
  claim "it runs as nobody" [ "$(stat -c %U "/proc/$(scripts/cluster.sh status "$here/home/var")")" = nobody ]
  claim "its superuser comes in" [ "$(runuser -u nobody -- "$here/scripts/cluster.sh" psql "$here/home/var" -At -c "select 1")" = 1 ]
  claim "root finds it" [ "$(sql "$here/home/var" "select 1")" = 1 ]
  runuser -u nobody -- "$here/scripts/cluster.sh" stop "$here/home/var"
}

full_another_users_cluster_is_refused_with_the_reason() {
  (( EUID == 0 )) || skip "only root can make a cluster of another user's"
  cp -r scripts "$here/scripts"
  start_cluster var
  scripts/cluster.sh stop "$here/var"
  chmod 777 "$here/var"
  local said
  said=$(runuser -u nobody -- "$here/scripts/cluster.sh" start "$here/var" 2>&1) && exit 1
  claim_text "it says whose it is" "$said" "belongs to postgres"
}

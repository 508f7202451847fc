# shellcheck shell=bash
# shellcheck disable=SC2154 # given.sh sets here, port and gridmap

quick_make_run_serves_and_ctrl_c_stops_all_that_it_started() {
  free_port
  start_gridmap first PORT="$port" DATA="$here/var"
  wait_for_ready first
  claim "the line is exact" grep -qx "GridMap is ready: http://127.0.0.1:$port" "$here/first.out"
  claim "it answers" readyz "$port"

  local said
  said=$(PORT=$((port + 1)) DATA=$here/var scripts/run.sh 2>&1) && exit 1
  claim_text "a second one on the same DATA says so" "$said" "$here/var is in use by another GridMap (pid "
  claim_text "and names the fix" "$said" "make run PORT=$((port + 2)) DATA=$here/var2"
  said=$(PORT=$port DATA=$here/other scripts/run.sh 2>&1) && exit 1
  claim_text "a second one on the same port says so" "$said" "port $port is in use"
  claim_text "and names the fix" "$said" "make run PORT=$((port + 1))"
  claim "the first one goes on" readyz "$port"

  kill -INT -- "-$gridmap"
  wait "$gridmap" || true
  claim "nothing is left" nothing_runs "$here/var" "$port"

  local began=$SECONDS
  start_gridmap second PORT="$port" DATA="$here/var"
  wait_for_ready second
  claim "the second start takes seconds" [ $((SECONDS - began)) -le 30 ]
  claim_not "it builds again" grep -q Building "$here/second.out"
  kill -TERM "$gridmap"
  wait "$gridmap" || true
  claim "nothing is left after SIGTERM" nothing_runs "$here/var" "$port"
}

quick_a_port_in_use_is_said_at_once() {
  free_port
  node -e 'require("net").createServer().listen(process.argv[1], "127.0.0.1", () => console.log("listens"))' "$port" >"$here/node.out" &
  local node=$! said began
  within 10 grep -q listens "$here/node.out"
  began=$SECONDS
  said=$(PORT=$port DATA=$here/var scripts/run.sh 2>&1) && exit 1
  kill "$node"
  claim_text "it names the fix" "$said" "port $port is in use by another program. Take another: make run PORT=$((port + 1))"
  claim "at once" [ $((SECONDS - began)) -le 3 ]
  claim_not "it has begun" [ -e "$here/var/postgres" ]
}

quick_a_wrong_argument_is_refused_with_the_fix() {
  local said
  for wrong in PORT=0 PORT=70000 PORT=x TLS=yes TLS_CERT=/etc/hostname; do
    said=$(env DATA="$here/var" "$wrong" scripts/run.sh 2>&1) && exit 1
    claim_text "it names the variable" "$said" "${wrong%%=*}"
  done
  said=$(env DATA=/proc/nowhere scripts/run.sh 2>&1) && exit 1
  claim_text "a DATA that cannot be" "$said" "choose another DATA"
}

full_sigint_to_make_alone_stops_all() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  kill -INT "$gridmap"
  within 20 nothing_runs "$here/var" "$port"
  wait "$gridmap" || true
}

full_a_killed_make_takes_the_rest_with_it() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  kill -KILL "$gridmap"
  within 20 nothing_runs "$here/var" "$port"
}

full_a_killed_script_leaves_a_cluster_that_the_next_start_finds_and_stops() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  sql "$here/var" "create table kept (n int)"
  pkill -KILL -P "$gridmap"
  claim "the program ends" within 20 no_program_on "$port"
  claim "the cluster goes on" scripts/cluster.sh status "$here/var"
  start_gridmap two PORT="$port" DATA="$here/var"
  wait_for_ready two
  claim "it is found again" grep -q "still runs" "$here/two.out"
  sql "$here/var" "select from kept"
  kill -INT -- "-$gridmap"
  wait "$gridmap" || true
  claim "nothing is left" nothing_runs "$here/var" "$port"
}

full_everything_killed_at_once_recovers() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  sql "$here/var" "create table kept (n int)"
  kill -KILL "$(scripts/cluster.sh status "$here/var")" "$(program_of "$port")" "$(pgrep -P "$gridmap")" "$gridmap"
  start_gridmap two PORT="$port" DATA="$here/var"
  wait_for_ready two
  sql "$here/var" "select from kept"
  claim "it answers" readyz "$port"
}

full_a_database_that_dies_under_the_program_is_started_again() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  local before
  before=$(scripts/cluster.sh status "$here/var")
  kill -KILL "$before"
  within 30 scripts/cluster.sh status "$here/var"
  claim "it is said" grep -q "PostgreSQL has ended unexpectedly" "$here/one.out"
  claim "it answers" within 30 readyz "$port"
}

full_a_program_that_dies_is_said_and_the_cluster_stops() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  kill -KILL "$(program_of "$port")"
  local code=0
  wait "$gridmap" || code=$?
  claim "the exit code says so" [ "$code" -ne 0 ]
  claim "it is said" grep -q "the program has ended by itself (exit code 137)" "$here/one.out"
  claim "nothing is left" nothing_runs "$here/var" "$port"
}

full_several_run_side_by_side() {
  local first second
  free_port && first=$port
  start_gridmap first PORT="$first" DATA="$here/a"
  free_port && second=$port
  local make=$gridmap
  start_gridmap second PORT="$second" DATA="$here/b"
  wait_for_ready second
  gridmap=$make wait_for_ready first
  claim "the first answers" readyz "$first"
  claim "the second answers" readyz "$second"
  kill -INT -- "-$make"
  wait "$make" || true
  claim "the first is gone" nothing_runs "$here/a" "$first"
  claim "the second goes on" readyz "$second"
}

# As docs/running.md says it: its SQL, under other names, since this server has those roles already.
full_an_existing_database_is_used_and_left_running() {
  start_cluster server
  awk '/^```/ { inside = /sql/; next } inside' docs/running.md | sed 's/gridmap/town/g' | scripts/cluster.sh psql "$here/server"
  local sockets
  sockets=$(sql "$here/server" "show unix_socket_directories")
  export GRIDMAP_DATABASE="Host=$sockets;Database=town;Username=town;Password=service-password"
  export GRIDMAP_DATABASE_OWNER="Host=$sockets;Database=town;Username=town_owner;Password=owner-password"
  free_port
  start_gridmap one PORT="$port" DATA="$here/var"
  wait_for_ready one
  kill -INT -- "-$gridmap"
  wait "$gridmap" || true
  claim_not "there is a cluster of our own" [ -e "$here/var/postgres" ]
  claim "the given one was used" [ "$(scripts/cluster.sh psql "$here/server" -d town -At -c "select count(*) > 0 from migration")" = t ]
  claim "and still runs" scripts/cluster.sh status "$here/server"
}

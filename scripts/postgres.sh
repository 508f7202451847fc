# shellcheck shell=bash
# Sourced: which PostgreSQL programs this machine has. Debian keeps each major version in a folder of its own.

# The folder of the server programs of major version $1; nothing and 1 when they are not installed.
postgres_programs() {
  local folder=/usr/lib/postgresql/$1/bin
  if [[ ! -x $folder/postgres ]]; then
    folder=$(pg_config --bindir 2>/dev/null) || return 1
    [[ -x $folder/postgres && $("$folder/postgres" --version) == *" $1."* ]] || return 1
  fi
  printf '%s\n' "$folder"
}

# The newest major version that has PostGIS beside it; nothing and 1 when there is none.
postgres_with_postgis() {
  local control found=
  for control in /usr/share/postgresql/*/extension/postgis.control; do
    [[ -e $control ]] || continue
    control=${control#/usr/share/postgresql/}
    [[ -x /usr/lib/postgresql/${control%%/*}/bin/postgres ]] || continue
    (( ${control%%/*} > ${found:-0} )) && found=${control%%/*}
  done
  [[ -n $found ]] && printf '%s\n' "$found"
}

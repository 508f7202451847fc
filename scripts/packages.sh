#!/usr/bin/env bash
# The Debian packages that GridMap needs: packages.sh run|test|bench
# Installs what is missing when root; otherwise prints the one command that does, and exits 1.
# run needs no PostgreSQL when GRIDMAP_DATABASE names one. TLS=1 without a given certificate needs openssl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh
source scripts/postgres.sh

wanted=(gdal-bin proj-bin librsvg2-bin libvips-tools fonts-noto-cjk icu-devtools)
case ${1:-} in
  run) [[ ${TLS:-0} == 1 ]] && wanted+=(openssl) ;;
  test) wanted+=(openssl chromium) ;;
  bench) wanted+=(wrk) ;;
  *) fail "usage: packages.sh run|test|bench" ;;
esac

# Of what is wanted, what dpkg does not know as installed.
missing_packages() {
  local known
  known=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null) || true
  local name
  for name in "${wanted[@]}"; do
    [[ $'\n'$known$'\n' == *$'\n'"installed $name"$'\n'* ]] || printf '%s\n' "$name"
  done
}

# PostgreSQL counts as there when any version has PostGIS, wherever it was installed from.
missing_postgres() {
  postgres_with_postgis >/dev/null && return
  local folder newest=
  for folder in /usr/lib/postgresql/*/bin/postgres; do
    [[ -x $folder ]] || continue
    folder=${folder#/usr/lib/postgresql/}
    (( ${folder%%/*} > ${newest:-0} )) && newest=${folder%%/*}
  done
  if [[ -n $newest ]]; then
    printf '%s\n' "postgresql-$newest-postgis-3"
  else
    printf '%s\n' postgresql postgresql-postgis
  fi
}

if ! command -v dpkg-query >/dev/null; then
  for program in ogr2ogr rsvg-convert vips; do
    command -v "$program" >/dev/null ||
      fail "$program is missing, and this is not Debian: install PostgreSQL with PostGIS, GDAL, PROJ, librsvg, libvips and the Noto CJK fonts by hand."
  done
  exit 0
fi

mapfile -t missing < <(missing_packages)
if [[ $1 != run || -z ${GRIDMAP_DATABASE:-} ]]; then
  mapfile -t -O "${#missing[@]}" missing < <(missing_postgres)
fi
(( ${#missing[@]} )) || exit 0

# The lists may be minutes or years old: an update that fails (no network for one source) need not stop the install.
install="apt-get update; apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 install -y --no-install-recommends ${missing[*]}"
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
  # GridMap has a private cluster; the package would otherwise make and start one of its own.
  policy=/etc/postgresql-common/createcluster.d
  install="mkdir -p $policy && echo create_main_cluster = false >$policy/gridmap.conf; $install"
fi

if (( EUID )); then
  say "GridMap needs these Debian packages: ${missing[*]}. Install them with this one command, then start again:" >&2
  say "sudo sh -c '$install'" >&2
  exit 1
fi

say "Installing the Debian packages that are missing: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Somebody else's update may hold the lists, which apt does not wait for: three tries.
for pause in 15 15 0; do
  DEBIAN_FRONTEND=noninteractive sh -c "$install" >"$log" 2>&1 </dev/null && exit 0
  sleep "$pause"
done
tail -n 20 "$log" >&2
fail "the packages could not be installed; the command was: $install"

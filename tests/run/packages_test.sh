# shellcheck shell=bash
# shellcheck disable=SC2154 # given.sh sets here

# Nothing is removed from this machine: dpkg-query and apt-get in front of the real ones play a bare machine.
bare_machine() {
  mkdir -p "$here/bin"
  chmod 755 "$here/bin"
  printf '#!/bin/sh\nexit 1\n' >"$here/bin/dpkg-query"
  printf '#!/bin/sh\necho "apt-get $*" >>%s\n' "$here/apt" >"$here/bin/apt-get"
  chmod 755 "$here/bin/"*
  PATH=$here/bin:$PATH
}

quick_nothing_missing_costs_no_time_and_says_nothing() {
  local began=${EPOCHREALTIME/./} said
  said=$(scripts/packages.sh test) || skip "packages are missing here"
  claim "it is silent" [ -z "$said" ]
  # 0.03 s on an idle machine; the bound allows for a busy one.
  claim "it is quick" [ $((${EPOCHREALTIME/./} - began)) -lt 1000000 ]
}

quick_root_installs_what_is_missing() {
  (( EUID == 0 )) || skip "only root installs"
  bare_machine
  claim_text "it says so" "$(scripts/packages.sh run)" "Installing the Debian packages that are missing: gdal-bin"
  claim_text "it updates first" "$(head -n 1 "$here/apt")" "apt-get update"
  claim_text "it waits for dpkg" "$(cat "$here/apt")" "-o DPkg::Lock::Timeout=300"
  claim_text "it installs" "$(cat "$here/apt")" "install -y --no-install-recommends gdal-bin proj-bin librsvg2-bin libvips-tools fonts-noto-cjk icu-devtools"
  claim_not "the tests' browser too" grep -q chromium "$here/apt"
  scripts/packages.sh test
  claim "the tests' browser too" grep -q chromium "$here/apt"
}

quick_others_are_told_one_command() {
  bare_machine
  cp -r scripts "$here/scripts"
  local said as=()
  (( EUID )) || as=(runuser -u nobody --)
  said=$("${as[@]}" "$here/scripts/packages.sh" run 2>&1) && exit 1
  claim_text "it is a command" "$said" "sudo sh -c 'apt-get update; apt-get "
  claim_text "with all packages" "$said" "gdal-bin proj-bin librsvg2-bin libvips-tools fonts-noto-cjk"
  claim_not "it installs" [ -e "$here/apt" ]
}

# On a machine without any PostgreSQL the command also keeps Debian's own cluster from being made.
full_a_machine_without_postgresql_gets_no_second_cluster() {
  bare_machine
  cp -r scripts "$here/scripts"
  sed -i "s#/usr/lib/postgresql#$here/none#g; s#/usr/share/postgresql#$here/none#g" "$here/scripts/postgres.sh" "$here/scripts/packages.sh"
  local said as=()
  (( EUID )) || as=(runuser -u nobody --)
  said=$("${as[@]}" "$here/scripts/packages.sh" run 2>&1) && exit 1
  claim_text "no cluster" "$said" "echo create_main_cluster = false >/etc/postgresql-common/createcluster.d/gridmap.conf"
  claim_text "with PostGIS" "$said" "postgresql postgresql-postgis'"
  said=$("${as[@]}" env GRIDMAP_DATABASE=Host=db "$here/scripts/packages.sh" run 2>&1) && exit 1
  claim "not for a database elsewhere" [ "${said/postgresql/}" = "$said" ]
}

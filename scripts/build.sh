#!/usr/bin/env bash
# Builds what has changed since the last time: build.sh [viewer|program]; without an argument both.
#   viewer    src/GridMap.Viewer -> src/GridMap.Api/wwwroot
#   program   src/GridMap.Api    -> artifacts/gridmap/<stamp>/, with artifacts/gridmap/current pointing at it
# Each build of the program has a folder of its own, since files must not change under one that runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

# Build servers would stay behind for a quarter of an hour after Ctrl-C.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

artifacts=artifacts/gridmap
viewer=src/GridMap.Viewer
site=src/GridMap.Api/wwwroot

# One line that changes whenever a file under the given paths does.
stamp() {
  local path paths=()
  for path; do [[ ! -e $path ]] || paths+=("$path"); done
  find "${paths[@]}" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -printf '%p %s %T@\n' |
    sort | sha256sum | cut -c1-16
}

build_viewer() {
  [[ -f $viewer/package.json ]] || return 0
  local built=artifacts/viewer.stamp now
  now=$(stamp "$viewer")
  [[ -f $site/index.html && -f $built && $(<"$built") == "$now" ]] && return
  say "Building the viewer"
  scripts/npm-install.sh "$viewer"
  npm --prefix "$viewer" run build --silent -- --logLevel warn >/dev/null
  # Again: a build may write its own types beside the sources.
  stamp "$viewer" >"$built"
}

publish() {
  local folder=$1
  shift
  dotnet publish src/GridMap.Api -c Release -o "$folder" --nologo -v quiet -clp:NoSummary "$@"
}

build_program() {
  local now folder
  now=$(stamp src/GridMap.Core src/GridMap.Api data Directory.Build.props Directory.Packages.props global.json .editorconfig)
  folder=$artifacts/$now
  if [[ ! -f $folder/gridmap.dll ]]; then
    command -v dotnet >/dev/null || fail "the .NET SDK is missing: install version 10, https://dotnet.microsoft.com/download"
    say "Building the program"
    mkdir -p "$artifacts"
    rm -rf "$folder.new"
    # Compiled for this machine beforehand: an import of a city otherwise spends longer on compiling than on the city.
    if ! publish "$folder.new" -p:PublishReadyToRun=true --use-current-runtime --self-contained false >"$artifacts/publish.log" 2>&1; then
      say "It cannot be compiled for this machine beforehand ($artifacts/publish.log); the first requests will be slower"
      rm -rf "$folder.new"
      publish "$folder.new"
    fi
    mv -T "$folder.new" "$folder"
  fi
  ln -sfn "$now" "$artifacts/current"
  drop_older "$now"
}

# Removes the builds but $1 that nobody runs: a running one holds a lock on its folder.
drop_older() {
  local folder
  for folder in "$artifacts"/*/; do
    folder=${folder%/}
    [[ -L $folder || $folder == "$artifacts/$1" ]] || flock -xn "$folder" rm -rf "$folder" || true
  done
}

mkdir -p "$artifacts"
# Two starts at once build one after the other.
exec 7>artifacts/build.lock
if ! flock -n 7; then
  say "Waiting for another build to end"
  flock 7
fi

case ${1:-all} in
  viewer) build_viewer ;;
  program) build_program ;;
  all)
    build_viewer
    build_program
    ;;
  *) fail "usage: build.sh [viewer|program]" ;;
esac

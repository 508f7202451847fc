#!/usr/bin/env bash
# Format, types and scripts, without changing anything. The viewer's part runs when it is there, shellcheck when installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

# All are looked at, so that one run shows all that is wrong.
wrong=0
# Style and analyzers are errors of the build already; what is left is white space.
dotnet format whitespace GridMap.sln --verify-no-changes --verbosity quiet || wrong=1
for folder in src/GridMap.Viewer tests/viewer-e2e; do
  [[ -f $folder/package.json ]] || continue
  scripts/npm-install.sh "$folder"
  for task in lint typecheck; do
    npm --prefix "$folder" run --silent --if-present "$task" || wrong=1
  done
done
if command -v shellcheck >/dev/null; then
  mapfile -t shells < <(git ls-files '*.sh')
  shellcheck -x "${shells[@]}" .ci/run || wrong=1
fi
(( wrong == 0 )) || fail "lint found something, above. dotnet format whitespace GridMap.sln corrects the C# part."

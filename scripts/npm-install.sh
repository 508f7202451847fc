#!/usr/bin/env bash
# npm ci in a folder, unless that was done for this very lock file: npm-install.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

folder=${1:?usage: npm-install.sh FOLDER}
stamp=$folder/node_modules/.installed
command -v npm >/dev/null || fail "npm is missing: install Node.js 20 or newer, https://nodejs.org"
node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' ||
  fail "Node.js $(node --version) is too old: install version 20 or newer, https://nodejs.org"
[[ -f $folder/package-lock.json ]] || fail "$folder has no package-lock.json, which says what to install."
now=$(sha256sum <"$folder/package-lock.json")
[[ -f $stamp && $(<"$stamp") == "$now" ]] && exit 0
npm --prefix "$folder" ci --no-audit --no-fund --loglevel=error >/dev/null
printf '%s\n' "$now" >"$stamp"

#!/usr/bin/env bash
# A certificate for https on this machine: tls.sh DATA
# Makes, once, a local authority in DATA/tls (ca.pem is what a phone installs) and, whenever it is needed, a server
# certificate signed by it, for localhost, this machine's name and its addresses. Phones give no position to plain http.
# On standard output: the certificate's path, then its key's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/say.sh

folder=$(realpath -m -- "${1:?usage: tls.sh DATA}")/tls
command -v openssl >/dev/null || fail "TLS=1 makes its certificate with openssl, which is missing: apt-get install openssl"
umask 077
mkdir -p "$folder"

# Whom the certificate is for, as openssl writes it in a configuration.
names() {
  local address
  printf 'DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1'
  [[ ! $(hostname) =~ ^[A-Za-z0-9.-]+$ || $(hostname) == localhost ]] || printf ',DNS:%s' "$(hostname)"
  for address in $(hostname -I 2>/dev/null | tr ' ' '\n' | sort -u); do
    # A link-local address comes with a zone, which no certificate can hold.
    [[ $address == fe80:* ]] || printf ',IP:%s' "$address"
  done
}

make_authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 \
    -subj "/O=GridMap/CN=GridMap local authority ($(hostname) $(date +%F))" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$folder/ca-key.pem" -out "$folder/ca.pem.new"
  mv -f "$folder/ca.pem.new" "$folder/ca.pem"
  chmod 644 "$folder/ca.pem"
  # The same under the name that Android and Windows open as a certificate.
  cp -p "$folder/ca.pem" "$folder/ca.crt"
}

# Apple's devices refuse a server certificate that is valid for more than 825 days or does not say serverAuth.
make_certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -subj "/O=GridMap/CN=GridMap" \
    -keyout "$folder/server-key.pem.new" -out "$folder/server.csr"
  openssl x509 -req -in "$folder/server.csr" -sha256 -days 397 -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" \
    -set_serial "0x$(openssl rand -hex 16)" -out "$folder/server.pem.new" -extfile <(
      printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
        extendedKeyUsage=serverAuth "subjectAltName=$1"
    )
  mv -f "$folder/server-key.pem.new" "$folder/server-key.pem"
  mv -f "$folder/server.pem.new" "$folder/server.pem"
  rm -f "$folder/server.csr"
  printf '%s\n' "$1" >"$folder/names"
}

# The certificate holds for another 30 days, for these names, and comes from this authority.
still_good() {
  [[ -f $folder/server-key.pem && -f $folder/names && $(<"$folder/names") == "$1" ]] &&
    openssl x509 -in "$folder/server.pem" -noout -checkend 2592000 &&
    openssl verify -CAfile "$folder/ca.pem" "$folder/server.pem"
}

quietly() {
  local said
  said=$("$@" 2>&1) || fail "openssl failed: $said"
}

if [[ ! -f $folder/ca-key.pem ]] || ! openssl x509 -in "$folder/ca.pem" -noout -checkend 34300800 &>/dev/null; then
  quietly make_authority
fi
wanted=$(names)
still_good "$wanted" &>/dev/null || quietly make_certificate "$wanted"
printf '%s\n' "$folder/server.pem" "$folder/server-key.pem"

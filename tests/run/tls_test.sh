# shellcheck shell=bash
# shellcheck disable=SC2154 # given.sh sets here, port and gridmap

quick_the_local_authority_signs_for_this_machine() {
  local tls=$here/var/tls
  scripts/tls.sh "$here/var"
  claim "the chain holds for https" openssl verify -purpose sslserver -x509_strict -CAfile "$tls/ca.pem" "$tls/server.pem"
  claim "and for localhost" openssl verify -verify_hostname localhost -CAfile "$tls/ca.pem" "$tls/server.pem"
  local address
  for address in 127.0.0.1 $(hostname -I | tr ' ' '\n' | grep -v '^fe80:'); do
    claim "and for $address" openssl verify -verify_ip "$address" -CAfile "$tls/ca.pem" "$tls/server.pem"
  done
  claim_not "and for everybody" openssl verify -verify_hostname example.org -CAfile "$tls/ca.pem" "$tls/server.pem"
  claim "the keys are secret" [ "$(stat -c %a "$tls/ca-key.pem" "$tls/server-key.pem" | sort -u)" = 600 ]
}

quick_a_certificate_is_made_again_only_when_it_must_be() {
  local tls=$here/var/tls authority certificate
  scripts/tls.sh "$here/var"
  authority=$(sha256sum <"$tls/ca.pem") certificate=$(sha256sum <"$tls/server.pem")
  scripts/tls.sh "$here/var"
  claim "it stays" [ "$certificate" = "$(sha256sum <"$tls/server.pem")" ]
  echo "DNS:localhost" >"$tls/names"
  scripts/tls.sh "$here/var"
  claim_not "other addresses leave it as it is" [ "$certificate" = "$(sha256sum <"$tls/server.pem")" ]
  openssl x509 -req -in <(openssl req -new -key "$tls/server-key.pem" -subj /CN=old) -days 5 -CA "$tls/ca.pem" \
    -CAkey "$tls/ca-key.pem" -out "$tls/server.pem"
  scripts/tls.sh "$here/var"
  claim "one that runs out is renewed" openssl x509 -in "$tls/server.pem" -noout -checkend 31536000
  claim "phones keep the authority that they know" [ "$authority" = "$(sha256sum <"$tls/ca.pem")" ]
}

# The answer over https with the authority $1 and nobody else trusted.
https_readyz() {
  printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' |
    timeout 10 openssl s_client -connect "127.0.0.1:$port" -CAfile "$1" -no-CApath -no-CAstore \
      -verify_return_error -verify_ip 127.0.0.1 -quiet 2>&1
}

full_https_is_served_with_the_local_authority() {
  free_port
  start_gridmap one PORT="$port" DATA="$here/var" TLS=1
  wait_for_ready one
  claim "the line is exact" grep -qx "GridMap is ready: https://127.0.0.1:$port" "$here/one.out"
  claim "the authority's place is said" grep -q "$here/var/tls/ca.pem" "$here/one.out"
  claim_text "it answers" "$(https_readyz "$here/var/tls/ca.pem")" "200 OK"
}

full_https_is_served_with_a_given_certificate() {
  free_port
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=given -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$here/key.pem" -out "$here/cert.pem"
  start_gridmap one PORT="$port" DATA="$here/var" TLS=1 TLS_CERT="$here/cert.pem" TLS_KEY="$here/key.pem"
  wait_for_ready one
  claim_text "it answers" "$(https_readyz "$here/cert.pem")" "200 OK"
  claim_not "an authority is made" [ -e "$here/var/tls" ]
}

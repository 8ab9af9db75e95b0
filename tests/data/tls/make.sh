#!/bin/sh
# Makes the certificates and keys of the TLS tests anew. The golden handshakes contain them: run the
# tests once with GLASSTLS_UPDATE_GOLDEN=1 afterwards. Valid for 30 years; the tests bring their own clock.
set -eu
cd "$(dirname "$0")"

ca() { # name, subject
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 10950 -sha256 -subj "$2" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign"
}

leaf() { # name, keyUsage, the options that make its key
  name=$1 usage=$2
  shift 2
  openssl req -new -nodes -keyout "$name.key" -out "$name.csr" -subj "/CN=server.test" "$@"
  printf '%s\n' "subjectAltName=DNS:server.test,IP:192.0.2.1" "basicConstraints=CA:FALSE" \
    "keyUsage=critical,$usage" "extendedKeyUsage=serverAuth" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 10950 -sha256 \
    -extfile "$name.ext" -out "$name.pem"
  rm "$name.csr" "$name.ext"
}

ca ca "/CN=GlassTLS test CA"
ca other-ca "/CN=Another CA"
rm other-ca.key
leaf rsa digitalSignature -newkey rsa:2048
leaf rsa-encipherment keyEncipherment -newkey rsa:2048
leaf p256 digitalSignature -newkey ec -pkeyopt ec_paramgen_curve:P-256
leaf p384 digitalSignature -newkey ec -pkeyopt ec_paramgen_curve:P-384
leaf ed25519 digitalSignature -newkey ed25519
rm -f ca.key ca.srl

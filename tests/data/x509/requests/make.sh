#!/bin/sh
# Makes the certification requests beside this script, with the openssl command. They are committed,
# so that tests do not need it; running it again makes new keys and new files of the same meaning.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/plain.cnf" <<END
[req]
prompt = no
distinguished_name = subject
string_mask = utf8only
[subject]
C = DE
O = Example
CN = test
END
sed 's/^prompt.*/&\nreq_extensions = wishes/' "$work/plain.cnf" > "$work/extensions.cnf"
cat >> "$work/extensions.cnf" <<END
[wishes]
subjectAltName = DNS:test,DNS:localhost,IP:127.0.0.1
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
END
sed 's/^prompt.*/&\nattributes = others/' "$work/extensions.cnf" > "$work/attributes.cnf"
cat >> "$work/attributes.cnf" <<END
[others]
challengePassword = open sesame
unstructuredName = a name
END

# request NAME CONFIGURATION KEY-OPTION...
request() {
  name=$1 configuration=$2
  shift 2
  openssl genpkey -quiet "$@" -out "$work/key.pem"
  openssl req -new -key "$work/key.pem" -config "$work/$configuration.cnf" -out "$name.pem"
}

ec="-algorithm EC -pkeyopt ec_paramgen_curve"
request rsa extensions -algorithm RSA -pkeyopt rsa_keygen_bits:2048
# shellcheck disable=SC2086
{
  request p256 extensions $ec:P-256
  request p384 extensions $ec:P-384
  request without-extensions plain $ec:P-256
  request other-attributes attributes $ec:P-256
}
request ed25519 extensions -algorithm Ed25519
request rsa-1024 extensions -algorithm RSA -pkeyopt rsa_keygen_bits:1024
sed 's/CERTIFICATE REQUEST/NEW &/' p256.pem > new-label.pem

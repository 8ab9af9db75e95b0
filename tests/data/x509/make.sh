#!/bin/sh
# Makes the certificates beside this script, with the openssl command. They are committed, so that
# tests do not need it; running it again makes new keys and new files of the same meaning.
#
# All are valid from 2025-01-01 to 2045-01-01 unless their name says otherwise. Every leaf whose name
# does not say more uses the key server-ec256-key.pem and is issued by ca-ec.pem.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/index"
echo 1000 > "$work/serial"

cat > "$work/ca.cnf" <<END
[ca]
default_ca = lab
[lab]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[req]
distinguished_name = dn
[dn]
END

rsa_key() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$1-key.pem"; }
ec_key() { openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$2" -out "$1-key.pem"; }

# issue NAME KEY ISSUER SUBJECT EXTENSIONS [option...]: NAME.pem, issued by ISSUER (itself: self-signed).
issue() {
  name=$1 key=$2 issuer=$3 subject=$4 extensions=$5
  shift 5
  openssl req -new -key "$key-key.pem" -subj "$subject" -config "$work/ca.cnf" -out "$work/request"
  if [ "$issuer" = "$name" ]; then
    signer="-selfsign -keyfile $key-key.pem"
  else
    signer="-cert $issuer.pem -keyfile $issuer-key.pem"
  fi
  if [ -n "$extensions" ]; then
    printf '%b' "$extensions" > "$work/extensions"
    set -- -extfile "$work/extensions" "$@"
  fi
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/request" -out "$name.pem" $signer \
    -startdate 20250101000000Z -enddate 20450101000000Z "$@" 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
}

ids='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
ca="basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n$ids"
sign='keyUsage=critical,digitalSignature\n'
for_server='extendedKeyUsage=serverAuth\n'
names='subjectAltName=DNS:test,DNS:localhost,IP:127.0.0.1,IP:::1\n'
not_ca='basicConstraints=critical,CA:FALSE\n'
leaf="$not_ca$sign$for_server$names$ids"
leaf_rsa="$not_ca"'keyUsage=critical,digitalSignature,keyEncipherment\n'"$for_server$names$ids"

# The ones that every other test uses.
rsa_key ca-rsa 2048
rsa_key server-rsa 2048
ec_key ca-ec P-256
ec_key server-ec256 P-256
ec_key server-ec384 P-384
openssl genpkey -algorithm ED25519 -out server-ed25519-key.pem
issue ca-rsa ca-rsa ca-rsa '/CN=GlassTLS test CA (RSA)' "$ca"
issue ca-ec ca-ec ca-ec '/CN=GlassTLS test CA (EC)' "$ca"
issue server-rsa server-rsa ca-rsa /CN=test "$leaf_rsa"
issue server-ec256 server-ec256 ca-ec /CN=test "$leaf"
issue server-ec384 server-ec384 ca-ec /CN=test "$leaf"
issue server-ed25519 server-ed25519 ca-ec /CN=test "$leaf"
issue server-rsa-pss server-rsa ca-rsa /CN=test "$leaf_rsa" \
  -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32
issue client-ec256 server-ec256 ca-ec '/CN=client' "$not_ca$sign"'extendedKeyUsage=clientAuth\n'"$ids"

# Over an intermediate; the chain file is what a server sends.
ec_key intermediate P-384
issue intermediate intermediate ca-ec '/CN=GlassTLS test intermediate' \
  "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n$for_server$ids"
issue server-via-intermediate server-ec256 intermediate /CN=test "$leaf"
cat server-via-intermediate.pem intermediate.pem > server-chain.pem

# Leaves that must be refused.
issue expired server-ec256 ca-ec /CN=test "$leaf" -enddate 20250601000000Z
issue not-yet-valid server-ec256 ca-ec /CN=test "$leaf" -startdate 20400101000000Z
issue wrong-name server-ec256 ca-ec /CN=test "$not_ca$sign$for_server"'subjectAltName=DNS:other.example\n'"$ids"
issue cn-only server-ec256 ca-ec /CN=test "$not_ca$sign$for_server$ids"
issue wrong-eku server-ec256 ca-ec /CN=test "$not_ca$sign"'extendedKeyUsage=clientAuth\n'"$names$ids"
issue any-eku server-ec256 ca-ec /CN=test "$not_ca$sign"'extendedKeyUsage=anyExtendedKeyUsage\n'"$names$ids"
issue wrong-key-usage server-ec256 ca-ec /CN=test "$not_ca"'keyUsage=critical,keyAgreement\n'"$for_server$names$ids"
issue unknown-critical server-ec256 ca-ec /CN=test "$leaf"'1.3.6.1.4.1.99999.1=critical,ASN1:NULL\n'
issue unknown-harmless server-ec256 ca-ec /CN=test "$leaf"'1.3.6.1.4.1.99999.1=ASN1:NULL\n'
issue policy-required server-ec256 ca-ec /CN=test "$leaf"'policyConstraints=critical,requireExplicitPolicy:0\n'
issue with-policies server-ec256 ca-ec /CN=test "$leaf"'certificatePolicies=critical,1.2.3.4,2.23.140.1.2.1\n'
issue sha1-signed server-ec256 ca-ec /CN=test "$leaf" -md sha1
issue v1 server-ec256 ca-ec /CN=test ''
issue ca-as-leaf server-ec256 ca-ec /CN=test "basicConstraints=critical,CA:TRUE\n$sign$for_server$names$ids"
issue wildcard server-ec256 ca-ec '/CN=wildcard' "$not_ca$sign$for_server"'subjectAltName=DNS:*.example.com\n'"$ids"
issue self-signed server-ec256 self-signed /CN=test "$leaf"
issue self-signed-ca server-ec256 self-signed-ca '/CN=test cert' 'basicConstraints=critical,CA:TRUE\nsubjectAltName=DNS:test\n'
rsa_key rsa-1024 1024
issue rsa-1024 rsa-1024 ca-ec /CN=test "$leaf_rsa"
ec_key p521 P-521
issue p521 p521 ca-ec /CN=test "$leaf"
rm rsa-1024-key.pem p521-key.pem

# under NAME SUBJECT CA-EXTENSIONS [LEAF-EXTENSIONS]: a CA NAME-ca and a leaf, as NAME-chain.pem.
under() {
  ec_key "$1-ca" P-256
  issue "$1-ca" "$1-ca" "${5:-ca-ec}" "$2" "$3"
  issue "$1" server-ec256 "$1-ca" /CN=test "${4:-$leaf}"
  cat "$1.pem" "$1-ca.pem" > "$1-chain.pem"
  rm "$1.pem"
}
under not-a-ca '/CN=Not a CA' "$not_ca$ids"
under no-cert-sign '/CN=No keyCertSign' "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n$ids"
under v1-ca '/CN=Version 1 CA' '' "$not_ca$sign$for_server$names"
under path-length '/CN=Below pathLen 0' "$ca" "$leaf" intermediate
cat intermediate.pem >> path-length-chain.pem
under eku-ca '/CN=Clients only' "$ca"'extendedKeyUsage=clientAuth\n'
under constrained '/CN=Constrained to test' \
  "$ca"'nameConstraints=critical,permitted;DNS:test,permitted;IP:127.0.0.0/255.0.0.0,excluded;DNS:bad.test\n' \
  "$not_ca$sign$for_server"'subjectAltName=DNS:test,DNS:a.test,IP:127.0.0.1\n'"$ids"
under violated '/CN=Constrained to example.com' "$ca"'nameConstraints=critical,permitted;DNS:example.com\n'
under excluded '/CN=Without localhost' "$ca"'nameConstraints=critical,excluded;DNS:localhost\n'
rm -f ./*-ca-key.pem

# Another CA that calls itself like ca-ec.pem, with and without key identifiers to tell them apart.
ec_key impostor P-256
issue impostor impostor impostor '/CN=GlassTLS test CA (EC)' "$ca"
issue server-by-impostor server-ec256 impostor /CN=test "$leaf"
issue server-by-impostor-no-ids server-ec256 impostor /CN=test \
  "$not_ca$sign$for_server$names"'subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n'
rm impostor-key.pem

# Private keys in the older forms, and one that is encrypted.
openssl rsa -in server-rsa-key.pem -traditional -out server-rsa-key-pkcs1.pem 2> /dev/null
openssl ec -in server-ec256-key.pem -out server-ec256-key-sec1.pem 2> /dev/null
openssl pkcs8 -topk8 -in server-ec256-key.pem -passout pass:secret -out encrypted-key.pem
openssl ec -in server-ec256-key.pem -aes128 -passout pass:secret -out encrypted-key-rfc1421.pem 2> /dev/null

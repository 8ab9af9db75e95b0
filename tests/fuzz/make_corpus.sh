#!/bin/sh
# Makes the seeds of the fuzz targets and the root of path_fuzzer, with the openssl command. They are
# committed, so that nobody needs it. DER, as the targets read it.
#
# corpus/dissect/: messages of tests/data/inspect/hellos, before each its suite and version; an alert
# and a ChangeCipherSpec likewise. Not made here.
# corpus/path/: one byte of options (path_fuzzer.cpp), then a chain and CRLs. All certificates of
# these have the key tests/data/x509/server-ed25519-key.pem.
set -eu
cd "$(dirname "$0")"
data=../data/x509
key=$data/server-ed25519-key.pem
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/index"
echo 1000 > "$work/serial"
echo 1000 > "$work/crlnumber"

cat > "$work/ca.cnf" <<END
[ca]
default_ca = lab
[lab]
database = $work/index
serial = $work/serial
crlnumber = $work/crlnumber
new_certs_dir = $work
default_md = default
policy = any
unique_subject = no
crl_extensions = crl
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[crl]
authorityKeyIdentifier = keyid
[qualified]
policyIdentifier = 1.3.6.1.4.1.99999.1
CPS.1 = https://example.test/cps
userNotice.1 = @notice
[notice]
explicitText = UTF8:A notice
organization = Example
noticeNumbers = 1,2
[point]
fullname = URI:http://example.test/crl
reasons = keyCompromise, CACompromise
[permitted]
permitted;DNS.0 = test
permitted;IP.0 = 127.0.0.0/255.0.0.0
permitted;email.0 = example.test
permitted;dirName.0 = directory
excluded;DNS.0 = bad.test
[directory]
CN = permitted
END

# issue NAME ISSUER SUBJECT EXTENSIONS: $work/NAME.der; ISSUER - is itself.
issue() {
  openssl req -new -key "$key" -subj "$3" -config "$work/ca.cnf" -out "$work/request"
  if [ "$2" = - ]; then signer="-selfsign"; else signer="-cert $work/$2.pem"; fi
  { printf '%b' "$4"; cat "$work/ca.cnf"; } > "$work/extensions"
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/request" -out "$work/$1.pem" \
    -keyfile "$key" $signer -extfile "$work/extensions" \
    -startdate 20250101000000Z -enddate 20450101000000Z 2> "$work/log" ||
    { cat "$work/log" >&2; exit 1; }
  openssl x509 -in "$work/$1.pem" -outform DER -out "$work/$1.der"
}

# path NAME OPTIONS PART...: corpus/path/NAME, with OPTIONS as an octal escape.
path() {
  out=corpus/path/$1
  # shellcheck disable=SC2059
  printf "$2" > "$out"
  shift 2
  for part in "$@"; do cat "$work/$part.der" >> "$out"; done
}

ids='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
ca="basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n$ids"
leaf="basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n$ids"
leaf="${leaf}extendedKeyUsage=serverAuth\nsubjectAltName=DNS:test,IP:127.0.0.1\n"

# --- The chains
issue root - /CN=root "$ca"
cp "$work/root.der" root.der
issue direct root /CN=test "$leaf"
issue spared root /CN=test "$leaf"
issue one root /CN=one "$ca"
issue two one /CN=two "$ca"
issue under-two two /CN=test "$leaf"
issue crossed two /CN=one "$ca"
issue constrained root /CN=constrained "${ca}nameConstraints=critical,@permitted\n"
issue under-constrained constrained /CN=permitted "${leaf}"
issue mapping root /CN=mapping "${ca}certificatePolicies=1.3.6.1.4.1.99999.1\n\
policyMappings=1.3.6.1.4.1.99999.1:1.3.6.1.4.1.99999.2\n\
policyConstraints=critical,requireExplicitPolicy:0,inhibitPolicyMapping:1\ninhibitAnyPolicy=critical,0\n"
issue under-mapping mapping /CN=test "${leaf}certificatePolicies=1.3.6.1.4.1.99999.2\n"
issue short root /CN=short "basicConstraints=critical,CA:TRUE,pathlen:0\n$ids"
issue under-short short /CN=test "$leaf"
openssl ca -config "$work/ca.cnf" -revoke "$work/direct.pem" -keyfile "$key" -cert "$work/root.pem" \
  -crl_reason keyCompromise 2> /dev/null
openssl ca -gencrl -config "$work/ca.cnf" -keyfile "$key" -cert "$work/root.pem" \
  -crl_lastupdate 20250101000000Z -crl_nextupdate 20450101000000Z -out "$work/crl.pem" 2> /dev/null
openssl crl -in "$work/crl.pem" -outform DER -out "$work/crl.der"

path direct '\010' direct
path intermediates '\002' under-two one two
path loop '\002' under-two one two crossed
path constrained '\000' under-constrained constrained
path policies '\020' under-mapping mapping
path path-length '\000' under-short short
path revoked '\100' direct crl
path not-revoked '\100' spared crl

# --- Single certificates, a CRL, a request
log_id=$(printf '%064d' 0)
every="${leaf}issuerAltName=email:ca@example.test\ncertificatePolicies=critical,@qualified\n\
policyMappings=1.3.6.1.4.1.99999.1:1.3.6.1.4.1.99999.2\npolicyConstraints=requireExplicitPolicy:3\n\
inhibitAnyPolicy=4\nnameConstraints=critical,@permitted\ncrlDistributionPoints=point\n\
freshestCRL=point\nauthorityInfoAccess=OCSP;URI:http://example.test/\ntlsfeature=status_request\n\
subjectInfoAccess=caRepository;URI:http://example.test/\n1.3.6.1.4.1.99999.3=ASN1:NULL\n\
1.3.6.1.4.1.11129.2.4.2=DER:04330031002f00${log_id}0000019000000000000004030000\n"
issue every-extension root /CN=every "$every"
cp "$work/every-extension.der" "$work/crl.der" corpus/certificate/
for name in server-rsa server-rsa-pss server-ec384 server-ed25519 ca-rsa v1 p521 wildcard; do
  openssl x509 -in "$data/$name.pem" -outform DER -out "corpus/certificate/$name.der"
done
openssl req -new -key "$key" -subj /CN=request/O=Example -outform DER \
  -addext subjectAltName=DNS:test -out corpus/certificate/request.der

# --- Captures: tests/data/inspect/captures/make.py makes two of them
cp ../../docs/tutorial/handshake.pcap ../data/inspect/captures/connect.pcap \
  ../data/inspect/captures/starttls.pcapng corpus/capture/

# --- Texts: PEM, private keys (also those that are refused), key logs, ticket keys
for name in server-chain server-ed25519 ca-ec-key rsa-1024; do cp "$data/$name.pem" corpus/pem/; done
cp "$data/requests/p256.pem" corpus/pem/request.pem
cp "$data/encrypted-key-rfc1421.pem" "$data/server-ec256-key-sec1.pem" corpus/pem/
cp "$data"/keys/*.pem "$data/server-ec256-key-sec1.pem" "$data/server-rsa-key-pkcs1.pem" \
  "$data/server-ec384-key.pem" "$data/encrypted-key-rfc1421.pem" corpus/private_key/
printf 'VGV4dA==' > corpus/pem/base64
for name in plain ed25519-plain ed25519 aes-256-cbc-sha256 des3-sha256; do
  grep -v -e ----- "$data/keys/$name.pem" | base64 -d > "corpus/private_key/$name.der"
done

hex48=$(printf '%096d' 7)
{ printf '\017# a comment\n'; cat ../../docs/tutorial/handshake.keys; } > corpus/key_log/client-random
{
  printf '\000PMS_CLIENT_RANDOM %064d %s\r\n' 1 "$hex48"
  printf 'RSA 0102030405060708 %s\nRSA Session-ID:%064d Master-Key:%s\n' "$hex48" 2 "$hex48"
  printf 'CLIENT_HANDSHAKE_TRAFFIC_SECRET %064d %s\nCLIENT_RANDOM 01 02\n' 3 "$hex48"
  printf 'CLIENT_RANDOM %064d %s\nCLIENT_RANDOM %064d %s0\nnonsense' 4 "$hex48" 4 "$hex48"
} > corpus/key_log/every-label

head -c 48 "$data/server-ed25519.pem" > corpus/ticket_keys/raw48
head -c 80 "$data/server-ed25519.pem" > corpus/ticket_keys/raw80
for n in 1 2 3; do printf '%d%047d' "$n" 0 | base64 -w 0; echo; done > corpus/ticket_keys/haproxy
for n in 1 1; do printf '%080d' "$n" | base64 -w 0; echo; done > corpus/ticket_keys/twice

cp ../data/inspect/captures/*.pcap* corpus/explain/
ls -l root.der corpus/*

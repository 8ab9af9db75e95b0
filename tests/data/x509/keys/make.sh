#!/bin/sh
# Makes the encrypted private keys beside this script, with the openssl command. They are committed,
# so that tests do not need it; running it again makes new keys and new files of the same meaning.
#
# NAME.pem is plain.pem (P-256) under the passphrase "open sesame", encrypted as NAME says; files
# whose name begins with another kind of key hold one of that kind.
set -eu
cd "$(dirname "$0")"
passphrase="open sesame"

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-plain.pem
openssl genpkey -algorithm Ed25519 -out ed25519-plain.pem

# encrypted NAME KEY [option...]
encrypted() {
  name=$1 key=$2
  shift 2
  openssl pkcs8 -topk8 -in "$key" -passout "pass:$passphrase" -out "$name.pem" "$@"
}

for cipher in aes-128-cbc aes-192-cbc aes-256-cbc des3; do
  encrypted "$cipher-sha256" plain.pem -v2 "$cipher" -v2prf hmacWithSHA256
done
for hash in SHA1 SHA224 SHA384 SHA512; do
  encrypted "aes-256-cbc-$(echo $hash | tr SHA sha)" plain.pem -v2 aes-256-cbc -v2prf "hmacWith$hash"
done
encrypted rsa rsa-plain.pem -v2 aes-256-cbc
encrypted ed25519 ed25519-plain.pem -v2 aes-256-cbc
encrypted one-iteration plain.pem -v2 aes-256-cbc -iter 1

# Refused by name.
encrypted scrypt plain.pem -scrypt
encrypted pbes1-sha1-3des plain.pem -v1 PBE-SHA1-3DES
encrypted camellia plain.pem -v2 camellia-256-cbc
encrypted too-many-iterations plain.pem -v2 aes-256-cbc -iter 10000001
openssl ec -aes256 -in plain.pem -passout "pass:$passphrase" -out rfc1421.pem 2> /dev/null
encrypted p521 /dev/stdin -v2 aes-256-cbc <<END
$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521)
END

#!/bin/sh
# Makes a CA, and a certificate for a server named "test" that it signs.
set -eu

# 1. The CA's key, and the certificate that it signs for itself.
openssl genrsa -out ca-key.pem 2048
openssl req -x509 -new -key ca-key.pem -sha256 -days 3650 -subj "/CN=Tutorial CA" \
  -addext keyUsage=critical,keyCertSign,cRLSign -out ca-cert.pem

# 2. The server's key, and a request for a certificate.
openssl genrsa -out server-key.pem 2048
openssl req -new -key server-key.pem -sha256 -subj "/CN=test" -out server.csr

# 3. What the CA says about the server: not a CA, signs handshakes, is a server, is called "test".
cat >server.cnf <<'END'
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:test
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
END

# 4. The server's certificate, signed with the CA's key.
openssl x509 -req -in server.csr -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial \
  -sha256 -days 365 -extfile server.cnf -out server-cert.pem

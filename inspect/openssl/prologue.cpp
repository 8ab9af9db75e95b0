#include "inspect/openssl/script.h"

namespace glasstls::inspect::openssl {

const std::string_view prologue = R"sh(
set -u
umask 077

case $(openssl version 2>/dev/null) in
  "OpenSSL "[3-9].*) ;;
  *)
    echo "this needs the openssl program, version 3.0 or later" >&2
    exit 2
    ;;
esac
if [ $# -gt 1 ] || { [ $# -eq 1 ] && [ ! -r "$1" ]; }; then
  echo "usage: sh $0 [TRUSTED.pem]" >&2
  exit 2
fi
ca=${1-}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# --- Tools -------------------------------------------------------------------------------------

# Hexadecimal to bytes: each pair of digits becomes \0ooo, which printf turns into a byte.
unhex() {
  printf '%b' "$(awk 'BEGIN { digits = "0123456789abcdef" }
    {
      for (i = 1; i < length($0); i += 2)
        printf "\\0%03o", 16 * (index(digits, substr($0, i, 1)) - 1) \
                             + index(digits, substr($0, i + 1, 1)) - 1
    }')"
}

# Bytes to hexadecimal.
hex() { od -An -v -tx1 | tr -d ' \n'; }

# message NUMBER: keeps a handshake message, whose hexadecimal is read.
message() { unhex >"$work/message-$1"; }

# part NUMBER OFFSET LENGTH: some bytes of a handshake message.
part() { dd if="$work/message-$1" bs=1 skip="$2" count="$3" 2>/dev/null; }

# transcript COUNT: so many handshake messages, one after the other. Their headers belong to them;
# records, ChangeCipherSpec and alerts do not.
transcript() {
  number=1
  while [ "$number" -le "$1" ]; do
    cat "$work/message-$number"
    number=$((number + 1))
  done
}

# cut_hex OFFSET LENGTH HEX: some bytes of a value.
cut_hex() { printf '%s' "$3" | cut -c "$((2 * $1 + 1))-$((2 * ($1 + $2)))"; }

# prf LENGTH SECRET LABEL SEED, RFC 5246, section 5: P_hash(secret, label + seed)
prf() {
  openssl kdf -keylen "$1" -kdfopt "digest:$prf_hash" -kdfopt "hexsecret:$2" \
    -kdfopt "seed:$3" -kdfopt "hexseed:$4" TLS1-PRF | tr -d ':\n' | tr 'A-F' 'a-f'
}

# hash: of what is read, with the hash of the cipher suite.
hash() { openssl dgst "-$prf_hash" -binary | hex; }

failed=0

# same NAME COMPUTED SAID: compares.
same() {
  if [ -n "$2" ] && [ "$2" = "$3" ]; then
    echo "ok       $1"
  else
    echo "DIFFERS  $1"
    echo "         openssl: $2"
    echo "         said:    $3"
    failed=1
  fi
}

# agree NAME VERDICT COMMAND...: whether openssl's verdict is what was said: "good" or "bad".
agree() {
  name=$1
  said=$2
  shift 2
  if "$@" >"$work/answer" 2>&1; then found=good; else found=bad; fi
  if [ "$found" = "$said" ]; then
    echo "ok       $name ($found)"
  else
    echo "DIFFERS  $name: openssl says $found, it was said to be $said"
    sed 's/^/         /' "$work/answer"
    failed=1
  fi
}

# skip NAME WHY: not everything can be checked with this program, or with what is known.
skip() { echo "skipped  $1: $2"; }
)sh";

const std::string_view epilogue = R"sh(
if [ "$failed" -ne 0 ]; then
  echo "Something differs."
  exit 1
fi
echo "All that could be checked agrees."
)sh";

}  // namespace glasstls::inspect::openssl

#!/usr/bin/env bash
# clang-tidy that remembers what it found nothing in. CMake calls it as
#
#   tidy_once.sh CLANG_TIDY OPTIONS... SOURCE -- COMPILER OPTIONS...
#
# A source is checked again when its text with everything that it includes, the options (a hash of
# .clang-tidy is among them), clang-tidy or this script has changed. What is remembered are empty
# files named by a hash, in the user's cache folder; GLASSTLS_TIDY_CACHE names another.
set -euo pipefail

cache=${GLASSTLS_TIDY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/glasstls-tidy}
checker=()
while [[ $1 != -- ]]; do
  checker+=("$1")
  shift
done
shift
compiler=("$@")

# The preprocessor's command: without the object file and the list of dependencies.
preprocessor=()
while (($#)); do
  case "$1" in
    -o | -MF | -MT | -MQ) shift ;;
    -c | -MD | -MMD) ;;
    *) preprocessor+=("$1") ;;
  esac
  shift
done

key=$({
  cat "${BASH_SOURCE[0]}"
  "${checker[0]}" --version
  printf '%s\n' "${checker[@]:1:${#checker[@]}-2}" # the source's path says nothing
  "${preprocessor[@]}" -E -C -P                    # comments count: NOLINT is one
} | sha256sum)
known=$cache/${key%% *}
if [[ -e $known ]]; then exit 0; fi

if found=$("${checker[@]}" -- "${compiler[@]}" 2>&1) && [[ $found != *warning:* ]]; then
  mkdir -p "$cache"
  touch "$known"
  exit 0
fi
printf '%s\n' "$found"
exit 1

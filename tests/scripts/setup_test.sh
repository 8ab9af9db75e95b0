#!/usr/bin/env bash
# shellcheck disable=SC2016  # the fakes expand their variables when they run
# scripts/setup against a system of make-believe: dpkg-query, apt-get, sudo and id are recorded fakes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
fake=$(mktemp -d)
trap 'rm -rf "$fake"' EXIT
unset GLASSTLS_SETUP
export GLASSTLS_OS_RELEASE="$fake/os-release" CALLS="$fake/calls" ABSENT="" USER_ID=0 APT_STATUS=0
export GLASSTLS_PAGE_TESTS="$fake/page" NPM_STATUS=0
mkdir -p "$fake/page/node_modules"
touch -d 2020-01-01 "$fake/page/package-lock.json"
touch "$fake/page/node_modules/.package-lock.json"

program() { # name, body
  printf '#!/bin/bash\n%s\n' "$2" >"$fake/bin/$1"
  chmod +x "$fake/bin/$1"
}
mkdir "$fake/bin"
for tool in bash env cat grep mktemp rm dirname touch; do ln -s "$(command -v "$tool")" "$fake/bin/$tool"; done
program id 'echo "$USER_ID"'
program npm 'echo "npm $*" >>"$CALLS"; echo "words of npm"; exit "$NPM_STATUS"'
program apt-get 'echo "apt-get $*" >>"$CALLS"; echo "frontend $DEBIAN_FRONTEND"; exit "$APT_STATUS"'
program dpkg-query '
for package in "${@:3}"; do
  [[ " $ABSENT " == *" $package "* ]] || echo "$package installed"
done'

# Runs the set-up; its words go to $fake/said.
setup() {
  : >"$CALLS"
  status=0
  PATH="$fake/bin" bash "$root/scripts/setup" "$@" >"$fake/said" 2>&1 || status=$?
}
expect() { # description, command...
  if ! "${@:2}"; then
    printf 'FAILED: %s\nstatus %s, said:\n%s\ncalled:\n%s\n' "$1" "$status" "$(cat "$fake/said")" "$(cat "$CALLS")"
    exit 1
  fi
  printf 'passed: %s\n' "$1"
}
exits() { [[ $status == "$1" ]]; }
says() { grep -qF -- "$1" "$fake/said"; }
says_one_line() { [[ $(grep -c '' "$fake/said") == 1 ]]; }
calls() { grep -qxF -- "$1" "$CALLS"; }
calls_nothing() { [[ ! -s $CALLS ]]; }

printf 'ID=debian\nVERSION_ID="12"\n' >"$GLASSTLS_OS_RELEASE"

setup test
expect "with nothing missing it succeeds" exits 0
expect "with nothing missing it calls no package manager" calls_nothing
expect "with nothing missing it says one line" says_one_line

ABSENT="libfmt-dev shellcheck" setup demo
expect "a missing package is installed" exits 0
expect "the package lists are refreshed first" calls "apt-get -qq -o DPkg::Lock::Timeout=300 update"
expect "only what is missing is installed, and only of the group asked for" \
  calls "apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends libfmt-dev"

ABSENT="libfmt-dev" APT_STATUS=100 setup demo
expect "a failing package manager stops it" exits 2
expect "a failing package manager is quoted" says "frontend noninteractive"

ABSENT="libfmt-dev" USER_ID=1000 setup demo
expect "without root and without sudo it stops" exits 2
expect "without root and without sudo it says what to install" says "apt-get install libfmt-dev"

program sudo 'echo "sudo $*" >>"$CALLS"; exec "$@"'
ABSENT="libfmt-dev" USER_ID=1000 setup demo
expect "without root it asks sudo" \
  calls "sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update"

ABSENT="chromium botan" setup test
expect "on Debian the browser is installed with what the tests need" \
  calls "apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends botan chromium"

rm "$fake/page/node_modules/.package-lock.json"
setup demo
expect "the demo needs no npm packages" calls_nothing
setup bench
expect "the benchmark needs no npm packages" calls_nothing
NPM_STATUS=1 setup test
expect "a failing npm stops it" exits 2
expect "a failing npm is quoted" says "words of npm"
setup test
expect "the page's tests get their npm packages" \
  calls "npm ci --prefix $fake/page --no-audit --no-fund"
touch "$fake/page/node_modules/.package-lock.json"
setup test
expect "npm is called once" calls_nothing

ABSENT="haproxy curl" setup interop
expect "the matrix gets what the tests need, and the other peers" \
  calls "apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends curl haproxy"
ABSENT="haproxy" setup test
expect "the tests alone do without the other peers" calls_nothing

ABSENT="libbearssl-dev libgtest-dev haproxy chromium" setup bench
expect "the benchmark gets what the tests need but the browser, and the libraries it measures" \
  calls "apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends libgtest-dev libbearssl-dev"
ABSENT="libbearssl-dev" setup test
expect "the tests alone do without the libraries of the benchmark" calls_nothing

printf 'ID=ubuntu\nVERSION_ID="24.04"\n' >"$GLASSTLS_OS_RELEASE"
ABSENT="chromium botan" setup test
expect "on Ubuntu the browser, a snap there, is left out" \
  calls "apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends botan"

printf 'ID=fedora\nVERSION_ID=42\n' >"$GLASSTLS_OS_RELEASE"
setup demo
expect "another system is left alone" calls_nothing
expect "another system ends with status 2" exits 2
expect "another system is told what is needed" says "libcrypto++-dev"
GLASSTLS_SETUP=skip setup demo
expect "another system may say that all is there" exits 0

setup everything
expect "an unknown group is refused" exits 2

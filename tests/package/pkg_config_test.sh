#!/usr/bin/env bash
# Builds and runs a program against the installed library with what pkg-config says.
#   pkg_config_test.sh LIBRARY-FOLDER COMPILER SOURCE
set -euo pipefail

library_folder=$1 compiler=$2 source=$3
command -v pkg-config >/dev/null || {
  echo "skipped: pkg-config is not installed"
  exit 0
}
program=$(mktemp)
trap 'rm -f "$program"' EXIT

export PKG_CONFIG_PATH="$library_folder/pkgconfig" LD_LIBRARY_PATH="$library_folder"
read -ra flags <<<"$(pkg-config --cflags --libs glasstls)"
"$compiler" -std=c++20 "$source" "${flags[@]}" -o "$program"
"$program"

#!/usr/bin/env bash
# Sets up, builds and runs all tests; `./test.sh --long` adds the ones that do not fit into 15 minutes.
set -euo pipefail
cd "$(dirname "$0")"

exclude=(-LE long)
case "${1:-}" in
  "") ;;
  --long) exclude=() ;;
  *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
esac

.ci/setup
# The demo builds without tests.
grep -qs 'GAN_TESTS:BOOL=ON' build/release/CMakeCache.txt || cmake --preset release -DGAN_TESTS=ON
cmake --build --preset release
exec ctest --preset release "${exclude[@]}"

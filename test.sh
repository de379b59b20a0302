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
[ -f build/release/build.ninja ] || cmake --preset release
cmake --build --preset release
exec ctest --preset release "${exclude[@]}"

#!/bin/sh
# Takes out of a folder of packages what the program never reads: source maps, types, and TypeScript itself, which a
# package names as an optional companion.
set -eu
modules="$1"
find "$modules" -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
rm -rf "$modules/typescript" "$modules/.bin/tsc" "$modules/.bin/tsserver"

#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# toolchains.sh SOURCES NOTE-DUMP MODULE.so NOTE.c MODULE.c: whichever compiler
# and linker makes a module, and after strip, its note says the same. What the
# module needs of libpam and of base may stay open here.
source=$1 dump=$2 module=$3 note=$4 code=$5
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0 tried=0

"$dump" "$module" >"$work/want" || exit 1
for tools in "gcc bfd" "gcc gold" "gcc lld" "clang bfd" "clang lld"; do
	set -- $tools
	command -v "$1" >/dev/null && command -v "ld.$2" >/dev/null || continue
	"$1" -fuse-ld="$2" -shared -fPIC -O2 -std=gnu17 -D_GNU_SOURCE \
	    -fvisibility=hidden -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now \
	    -Wl,--version-script="$source/modules/module.map" \
	    -I"$source/include" -I"$source/src" -o "$work/made.so" \
	    "$note" "$code" \
	    "$source"/src/modkit/entry.c "$source"/src/modkit/call.c \
	    "$source"/src/modkit/opt.c 2>"$work/errors" ||
		{ echo "$tools: does not build"; cat "$work/errors"; bad=1; }
	for how in none strip "strip --strip-debug" "strip --strip-unneeded"; do
		[ "$how" = none ] || $how "$work/made.so"
		"$dump" "$work/made.so" >"$work/got"
		cmp -s "$work/want" "$work/got" ||
			{ echo "$tools, $how: the note differs"; bad=1; }
		tried=$((tried + 1))
	done
done
echo "$tried combinations"
[ $tried -gt 0 ] || exit 77
exit $bad

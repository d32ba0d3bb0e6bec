#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# linkage.sh MODULE.so: what a module asks of libpam, any Linux-PAM has, and it
# shows nothing but the six entry points.
command -v readelf >/dev/null || exit 77
bad=0

# Version names between "File: libpam.so.0" and the next file.
asked=$(readelf -VW "$1" | awk '
	/Version needs section/ { needs = 1 }
	needs && /File:/ { ours = /File: libpam\.so\.0/ }
	needs && ours && /Name:/ { sub(/.*Name: /, ""); print $1 }')
for version in $asked; do
	case $version in
	LIBPAM_*) ;;
	*) echo "$1 needs $version of libpam.so.0"; bad=1 ;;
	esac
done
[ -n "$asked" ] || { echo "$1 does not need libpam.so.0"; bad=1; }

shown=$(readelf --dyn-syms -W "$1" |
	awk '$7 != "UND" && $5 == "GLOBAL" && $4 != "NOTYPE" { print $8 }' |
	sort | tr '\n' ' ')
want="pam_sm_acct_mgmt pam_sm_authenticate pam_sm_chauthtok"
want="$want pam_sm_close_session pam_sm_open_session pam_sm_setcred "
if [ "$shown" != "$want" ]; then
	echo "$1 shows: $shown"
	bad=1
fi

if readelf -dW "$1" | grep -E 'RPATH|RUNPATH|TEXTREL|INITFIRST'; then
	bad=1
fi
exit $bad

/* SPDX-License-Identifier: BSD-2-Clause */
/* What a process costs that does not know of PAM. */
int
main(void)
{
	return 0;
}

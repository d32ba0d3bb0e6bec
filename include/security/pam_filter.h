/* SPDX-License-Identifier: BSD-2-Clause */
/* For programs that stand between a terminal and a program: the descriptors on
 * which they find themselves, beside the terminal on 0, 1 and 2. */
#ifndef _SECURITY_PAM_FILTER_H
#define _SECURITY_PAM_FILTER_H

#define APPIN_FILENO 3	/* written: what the program reads */
#define APPOUT_FILENO 4 /* read: what the program prints */
#define APPERR_FILENO 5 /* read: what it complains */

#define APPTOP_FILE 6 /* one above the last, for select */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "pamctl/check/object.h"

#include <gelf.h>
#include <libelf.h>
#include <link.h>
#include <string.h>

#include "base/drop.h"

/* The linker's: our own header tells what machine we were built for. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static const char *const symbols[FUNCTION_COUNT] = {
	[FUNCTION_AUTH] = "pam_sm_authenticate",
	[FUNCTION_SETCRED] = "pam_sm_setcred",
	[FUNCTION_ACCOUNT] = "pam_sm_acct_mgmt",
	[FUNCTION_OPEN] = "pam_sm_open_session",
	[FUNCTION_CLOSE] = "pam_sm_close_session",
	[FUNCTION_PASSWORD] = "pam_sm_chauthtok",
};

const char *
object_symbol(enum function function)
{
	return symbols[function];
}

bool
object_is_native(const struct object *o)
{
	const ElfW(Ehdr) *self = &__ehdr_start;

	return o->class == self->e_ident[EI_CLASS] &&
	    o->data == self->e_ident[EI_DATA] && o->machine == self->e_machine;
}

static void
elfp(Elf **elf)
{
	elf_end(*elf);
}

/* What lies outside of the file cannot be mapped. */
static bool
is_whole(Elf *elf, size_t size)
{
	size_t n;

	if (elf_getphdrnum(elf, &n) < 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr ph;

		if (!gelf_getphdr(elf, (int)i, &ph) || ph.p_offset > size ||
		    (ph.p_type != PT_NULL && ph.p_filesz > size - ph.p_offset))
			return false;
	}
	return n > 0;
}

static void
note_symbol(Elf *elf, const GElf_Shdr *sh, const GElf_Sym *sym,
    struct object *out)
{
	const char *name = sym->st_shndx == SHN_UNDEF ? NULL :
	    elf_strptr(elf, sh->sh_link, sym->st_name);

	for (size_t f = 0; name && f < FUNCTION_COUNT; f++)
		out->has[f] |= strcmp(name, symbols[f]) == 0;
}

static void
read_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *sh,
    struct object *out)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym sym;

	if (!data || !sh->sh_entsize)
		return;
	out->symbols = true;
	for (size_t i = 0; i < sh->sh_size / sh->sh_entsize; i++) {
		if (gelf_getsym(data, (int)i, &sym))
			note_symbol(elf, sh, &sym, out);
	}
}

static void
read_dynamic(Elf *elf, Elf_Scn *section, const GElf_Shdr *sh,
    struct object *out)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Dyn dyn;
	size_t n = 0;

	if (!data || !sh->sh_entsize)
		return;
	for (size_t i = 0; i < sh->sh_size / sh->sh_entsize; i++) {
		if (!gelf_getdyn(data, (int)i, &dyn))
			return;
		if (dyn.d_tag == DT_NEEDED && n < OBJECT_NEEDED) {
			out->needed[n] = elf_strptr(elf, sh->sh_link,
			    dyn.d_un.d_val);
			n += out->needed[n] != NULL;
		}
		if (dyn.d_tag == DT_RUNPATH || dyn.d_tag == DT_RPATH)
			out->runpath = elf_strptr(elf, sh->sh_link,
			    dyn.d_un.d_val);
	}
}

static void
read_sections(Elf *elf, struct object *out)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(elf, section))) {
		GElf_Shdr sh;

		if (!gelf_getshdr(section, &sh))
			return;
		if (sh.sh_type == SHT_DYNSYM)
			read_symbols(elf, section, &sh, out);
		if (sh.sh_type == SHT_DYNAMIC)
			read_dynamic(elf, section, &sh, out);
	}
}

const char *
object_read(char *image, size_t size, struct object *out)
{
	_drop_(elfp) Elf *elf = NULL;
	GElf_Ehdr head;

	memset(out, 0, sizeof *out);
	elf_version(EV_CURRENT);
	elf = size ? elf_memory(image, size) : NULL;
	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &head))
		return size ? "it is no ELF file" : "it is empty";
	out->class = head.e_ident[EI_CLASS];
	out->data = head.e_ident[EI_DATA];
	out->machine = head.e_machine;
	if (head.e_type != ET_DYN)
		return "it is no shared object";
	if (!is_whole(elf, size))
		return "it is cut off";
	read_sections(elf, out);
	return NULL;
}

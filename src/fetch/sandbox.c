/* SPDX-License-Identifier: MIT */
/* The rights of courant-fetch. It needs sockets, a resolver with its threads and files, and certificates, so
 * what it may read is not listed; what it must never do is refused: to start a program, to write, move or
 * remove a file, to look into other processes. Landlock refuses the files once more. */
#include "fetch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/attr.h"
#include "config.h"

#ifdef HAVE_LINUX_LANDLOCK_H
#	include <linux/landlock.h>
#endif

#if defined __x86_64__
#	define ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#	define ARCH AUDIT_ARCH_AARCH64
#else
#	define ARCH 0
#endif

/* Refused with EPERM. Those that an architecture lacks are left out. */
static const int refused[] = {
    SYS_execve,
    SYS_execveat,
#ifndef WITH_SANITIZERS /* their search for leaks needs it */
    SYS_ptrace,
#endif
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_kexec_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_open_by_handle_at,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_linkat,
    SYS_symlinkat,
    SYS_mkdirat,
    SYS_mknodat,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_truncate,
    SYS_setuid,
    SYS_setgid,
    SYS_setreuid,
    SYS_setregid,
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_setns,
    SYS_unshare,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_reboot,
    SYS_swapon,
    SYS_sethostname,
    SYS_settimeofday,
    SYS_clock_settime,
#ifndef WITH_SANITIZERS         /* its leak check looks at the threads so */
#	ifndef WITH_SANITIZERS /* their search for leaks needs it */
    SYS_ptrace,
#	endif
#endif
#ifdef SYS_open
    SYS_unlink,
    SYS_rename,
    SYS_renameat,
    SYS_link,
    SYS_symlink,
    SYS_mkdir,
    SYS_rmdir,
    SYS_mknod,
    SYS_creat,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
#endif
};

enum { WRITES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
/* The low half of an argument, on the machines that ARCH names. */
#define LOAD_ARG(n)        LOAD(args[n])
#define IF_EQ(k, yes, no)  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(k), yes, no)
#define IF_SET(k, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (uint32_t)(k), yes, no)
#define RETURN(k)          BPF_STMT(BPF_RET | BPF_K, (uint32_t)(k))

static bool seccomp_on(void)
{
	struct sock_filter f[3 * ARRAY_LEN(refused) + 32] = {
	    LOAD(arch),
	    IF_EQ(ARCH, 1, 0),
	    RETURN(SECCOMP_RET_KILL_PROCESS),
	    LOAD(nr),
	};
	size_t n = 4;

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		f[n++] = (struct sock_filter)IF_EQ(refused[i], 0, 1);
		f[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ERRNO | EPERM);
	}
	f[n++] = (struct sock_filter)IF_EQ(SYS_openat, 0, 3);
	f[n++] = (struct sock_filter)LOAD_ARG(2);
	f[n++] = (struct sock_filter)IF_SET(WRITES, 0, 1);
	f[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ERRNO | EACCES);
#ifdef SYS_open
	f[n++] = (struct sock_filter)LOAD(nr);
	f[n++] = (struct sock_filter)IF_EQ(SYS_open, 0, 3);
	f[n++] = (struct sock_filter)LOAD_ARG(1);
	f[n++] = (struct sock_filter)IF_SET(WRITES, 0, 1);
	f[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ERRNO | EACCES);
#endif
	f[n++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
	struct sock_fprog prog = {.len = (unsigned short)n, .filter = f};
	return ARCH && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == 0;
}

/* A rule set that handles writing and starting, and allows them nowhere. */
static bool landlock_on(void)
{
#if defined HAVE_LINUX_LANDLOCK_H && defined SYS_landlock_create_ruleset
	struct landlock_ruleset_attr attr = {
	    .handled_access_fs =
	        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	        LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	        LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	        LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM};
	int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
	bool ok = fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
#else
	return false;
#endif
}

struct sandbox_state sandbox_enter(void)
{
	struct rlimit none = {0, 0}, files;
	struct sandbox_state s = {0};

	(void)setrlimit(RLIMIT_CORE, &none); /* a core would hold passwords */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < 4096) {
		files.rlim_cur = files.rlim_max < 4096 ? files.rlim_max : 4096;
		(void)setrlimit(RLIMIT_NOFILE, &files); /* fewer transfers at once, then */
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return s;
	s.landlock = landlock_on();
	s.seccomp = seccomp_on();
	return s;
}

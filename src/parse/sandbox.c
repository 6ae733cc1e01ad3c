/* SPDX-License-Identifier: MIT */
/* The rights of courant-parse: resource limits, Landlock without any path, a seccomp list of the calls that
 * reading, writing and memory need. A call that is not listed ends the process; a few that libraries try in
 * passing fail softly. */
#include "config.h"

#include "parse/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LINUX_LANDLOCK_H
#	include <linux/landlock.h>
#endif

#include "base/attr.h"

#define MEMORY_MAX ((rlim_t)1 << 30)
#define FILES_MAX  32

#if defined __x86_64__
#	define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#	define THIS_ARCH AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#	define THIS_ARCH AUDIT_ARCH_RISCV64
#endif

#ifndef WITH_SANITIZERS
static void set_limit(int what, rlim_t max)
{
	struct rlimit lim = {max, max};

	(void)setrlimit((__rlimit_resource_t)what, &lim); /* one that is lower already stays */
}
#endif

/* The sanitizers map terabytes of shadow and open files of their own: their builds keep these rights. */
static bool limit(void)
{
#ifdef WITH_SANITIZERS
	return false;
#else
	set_limit(RLIMIT_AS, MEMORY_MAX);
	set_limit(RLIMIT_NOFILE, FILES_MAX);
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_NPROC, 0);
	return true;
#endif
}

static bool forbid_paths(void)
{
#if defined HAVE_LINUX_LANDLOCK_H && defined __NR_landlock_create_ruleset && !defined WITH_SANITIZERS
	struct landlock_ruleset_attr all = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
	long fd = syscall(__NR_landlock_create_ruleset, &all, sizeof all, 0);
	bool ok;

	if (fd < 0)
		return false;
	ok = syscall(__NR_landlock_restrict_self, (int)fd, 0) == 0;
	close((int)fd);
	return ok;
#else
	return false;
#endif
}

#if defined THIS_ARCH && !defined WITH_SANITIZERS

/* What the work needs. Memory may never be made executable: see filter_calls(). */
static const int allowed[] = {
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_sendmsg,
    SYS_recvmsg,
    SYS_sendto,
    SYS_recvfrom,
    SYS_munmap,
    SYS_mremap,
    SYS_brk,
    SYS_madvise,
    SYS_futex,
    SYS_close,
    SYS_exit,
    SYS_exit_group,
    SYS_rt_sigreturn,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_clock_gettime,
    SYS_getrandom,
    SYS_fstat,
    SYS_fcntl,
    SYS_lseek,
    SYS_ppoll,
    SYS_getpid,
    SYS_gettid,
    SYS_restart_syscall,
    SYS_sched_yield,
    SYS_gettimeofday,
#	ifdef SYS_poll
    SYS_poll,
#	endif
};

/* What libraries ask in passing, and live without. */
static const struct {
	int call;
	int error;
} refused[] = {
    {SYS_openat, EACCES},

    {SYS_ioctl, ENOTTY},
    {SYS_sched_getaffinity, EPERM},
    {SYS_prlimit64, EPERM},
    {SYS_getcwd, EACCES},
    {SYS_readlinkat, EACCES},
    {SYS_statx, EACCES},
    {SYS_rseq, ENOSYS},
    {SYS_uname, ENOSYS},
    {SYS_sysinfo, ENOSYS},
#	ifdef SYS_open
    {SYS_open, EACCES},
    {SYS_access, EACCES},
    {SYS_stat, EACCES},
    {SYS_readlink, EACCES},
#	endif
};

#	define RULES_MAX                128
#	define LOAD(field)              BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
#	define JUMP(op, value, yes, no) BPF_JUMP(BPF_JMP | (op) | BPF_K, (uint32_t)(value), (yes), (no))
#	define RETURN(what)             BPF_STMT(BPF_RET | BPF_K, (what))

struct rules {
	struct sock_filter v[RULES_MAX];
	unsigned short n;
};

static void add(struct rules *r, struct sock_filter rule)
{
	if (r->n < RULES_MAX)
		r->v[r->n++] = rule;
}

static void add_call(struct rules *r, int call, uint32_t result)
{
	add(r, (struct sock_filter)JUMP(BPF_JEQ, call, 0, 1));
	add(r, (struct sock_filter)RETURN(result));
}

/* A call that is decided by a bit of one argument (its low half, where all flags are). */
static void add_flag_call(
    struct rules *r, int call, uint32_t arg_offset, uint32_t bit, uint32_t if_set, uint32_t if_clear)
{
	add(r, (struct sock_filter)JUMP(BPF_JEQ, call, 0, 4));
	add(r, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arg_offset));
	add(r, (struct sock_filter)JUMP(BPF_JSET, bit, 0, 1));
	add(r, (struct sock_filter)RETURN(if_set));
	add(r, (struct sock_filter)RETURN(if_clear));
}

#	define ARG(n)        ((uint32_t)offsetof(struct seccomp_data, args[n]))
#	define REFUSE(error) (SECCOMP_RET_ERRNO | ((uint32_t)(error)&SECCOMP_RET_DATA))

static bool filter_calls(void)
{
	struct rules r = {.n = 0};
	struct sock_fprog program;

	add(&r, (struct sock_filter)LOAD(arch));
	add(&r, (struct sock_filter)JUMP(BPF_JEQ, THIS_ARCH, 1, 0));
	add(&r, (struct sock_filter)RETURN(SECCOMP_RET_KILL_PROCESS));
	add(&r, (struct sock_filter)LOAD(nr));
	add_flag_call(&r, SYS_mmap, ARG(2), PROT_EXEC, SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ALLOW);
	add_flag_call(&r, SYS_mprotect, ARG(2), PROT_EXEC, SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ALLOW);
	/* This is how the C library asks for the size of a descriptor. */
	add_flag_call(&r, SYS_newfstatat, ARG(3), AT_EMPTY_PATH, SECCOMP_RET_ALLOW, REFUSE(EACCES));
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
		add_call(&r, allowed[i], SECCOMP_RET_ALLOW);
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		add_call(&r, refused[i].call, REFUSE(refused[i].error));
	add(&r, (struct sock_filter)RETURN(SECCOMP_RET_KILL_PROCESS));
	program = (struct sock_fprog){r.n, r.v};
	return r.n < RULES_MAX && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool filter_calls(void)
{
	return false;
}

#endif

struct sandbox sandbox_enter(void)
{
	struct sandbox s = {false, false, false};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return s;
	s.limits = limit();
	s.landlock = forbid_paths();
	s.seccomp = filter_calls();
	return s;
}

/* SPDX-License-Identifier: MIT */
/* What courant-fetch has given up cannot be done any more, and what it needs can. Each is tried in a child.
 */
#include "fetch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"

#define SCRATCH "sandbox_test.tmp"

static bool writes_a_file(void)
{
	return open(SCRATCH, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static bool writes_an_old_file(void)
{
	return open("/dev/null", O_RDWR | O_CLOEXEC) >= 0;
}

static bool removes_a_file(void)
{
	return unlink(SCRATCH) == 0 || errno == ENOENT;
}

static bool makes_a_folder(void)
{
	return mkdir(SCRATCH, 0700) == 0;
}

static bool starts_a_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return false; /* after a success nobody comes here: the child ends with 0, as if true */
}

static bool opens_a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static bool reads_a_file(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool makes_a_memory_file(void)
{
	int fd = memfd_create("x", MFD_CLOEXEC);

	return fd >= 0 && write(fd, "x", 1) == 1;
}

static const struct {
	bool (*act)(void);
	bool allowed;
	const char *name;
} acts[] = {
    {writes_a_file, false, "write a file"},
    {writes_an_old_file, false, "write an old file"},
    {removes_a_file, false, "remove a file"},
    {makes_a_folder, false, "make a folder"},
    {starts_a_program, false, "start a program"},
    {opens_a_socket, true, "open a socket"},
    {reads_a_file, true, "read a file"},
    {makes_a_memory_file, true, "make a memory file"},
};

static bool in_sandbox(bool (*act)(void))
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		(void)sandbox_enter();
		_exit(act() ? 0 : 1);
	}
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool kernel_can(void)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(sandbox_enter().seccomp ? 0 : 1);
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void rights_are_gone(void **state)
{
	(void)state;
	if (!kernel_can())
		skip();
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (in_sandbox(acts[i].act) != acts[i].allowed)
			fail_msg("%s: %s", acts[i].name, acts[i].allowed ? "refused" : "allowed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rights_are_gone)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

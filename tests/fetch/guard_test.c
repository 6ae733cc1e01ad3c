/* SPDX-License-Identifier: MIT */
/* Which addresses are inside, whatever way they are written; which headers may go out. */
#include "fetch/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"

static const struct {
	const char *host;
	bool inside;
} hosts[] = {
    {"news.example", false},
    {"8.8.8.8", false},
    {"172.32.0.1", false},
    {"192.169.0.1", false},
    {"2001:4860:4860::8888", false},
    {"::ffff:8.8.8.8", false},
    {"localhost", true},
    {"LOCALHOST.", true},
    {"printer.local", true},
    {"a.localhost", true},
    {"127.0.0.1", true},
    {"127.1", true},
    {"0x7f.0.0.1", true},
    {"0177.0.0.1", true},
    {"2130706433", true},
    {"0", true},
    {"0.0.0.0", true},
    {"10.0.0.1", true},
    {"172.16.0.1", true},
    {"172.31.255.255", true},
    {"192.168.1.1", true},
    {"169.254.169.254", true},
    {"100.64.0.1", true},
    {"224.0.0.1", true},
    {"255.255.255.255", true},
    {"[::1]", true},
    {"::", true},
    {"[fe80::1%25eth0]", true},
    {"fd00::1", true},
    {"ff02::1", true},
    {"::ffff:10.0.0.1", true},
    {"::127.0.0.1", true},
    {"64:ff9b::7f00:1", true},
    {"2002:7f00:1::", true},
    {"", true},
};

static void inside_is_seen_in_any_notation(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(hosts); i++)
		if (guard_is_private_host(str_c(hosts[i].host)) != hosts[i].inside)
			fail_msg("%s", hosts[i].host);
}

static void sockets_are_judged_alike(void **state)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	struct sockaddr other = {.sa_family = AF_UNIX};

	(void)state;
	v4.sin_addr.s_addr = htonl(0x0a000001);
	assert_true(guard_is_private((const struct sockaddr *)&v4));
	v4.sin_addr.s_addr = htonl(0x08080808);
	assert_false(guard_is_private((const struct sockaddr *)&v4));
	assert_true(inet_pton(AF_INET6, "::ffff:192.168.0.1", &v6.sin6_addr) == 1);
	assert_true(guard_is_private((const struct sockaddr *)&v6));
	assert_true(inet_pton(AF_INET6, "2a00::1", &v6.sin6_addr) == 1);
	assert_false(guard_is_private((const struct sockaddr *)&v6));
	assert_true(guard_is_private(&other));
}

static void origins_and_falls(void **state)
{
	(void)state;
	assert_true(guard_same_origin(STR("http://A.example/x"), STR("http://a.example:80/y")));
	assert_false(guard_same_origin(STR("http://a.example/"), STR("https://a.example/")));
	assert_false(guard_same_origin(STR("http://a.example/"), STR("http://a.example:81/")));
	assert_false(guard_same_origin(STR("http://a.example/"), STR("http://a.example.evil/")));
	assert_true(guard_falls(STR("https://a/"), STR("http://a/")));
	assert_false(guard_falls(STR("http://a/"), STR("http://a/")));
}

static const struct {
	const char *line;
	bool ok;
} lines[] = {
    {"X-Key: a b", true},
    {"X:", true},
    {": a", false},
    {"X a: b", false},
    {"X", false},
    {"X: a\r\nY: b", false},
    {"X: a\tb", false},
    {"X: \x7f", false},
    {"X: \xc3\xa9", true},
};

static void headers_cannot_be_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (guard_header_ok(str_c(lines[i].line)) != lines[i].ok)
			fail_msg("%s", lines[i].line);
}

static void users_leave_the_address(void **state)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str user, password;

	(void)state;
	assert_string_equal(guard_userinfo(a, STR("https://me%40x:p%3A@h.example/a@b"), &user, &password).p,
	    "https://h.example/a@b");
	assert_true(str_eqc(user, "me@x") && str_eqc(password, "p:"));
	assert_string_equal(
	    guard_userinfo(a, STR("https://h.example/"), &user, &password).p, "https://h.example/");
	assert_true(!user.p && !password.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(inside_is_seen_in_any_notation),
	    cmocka_unit_test(sockets_are_judged_alike),
	    cmocka_unit_test(origins_and_falls),
	    cmocka_unit_test(headers_cannot_be_split),
	    cmocka_unit_test(users_leave_the_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

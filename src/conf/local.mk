noinst_LIBRARIES += libconf.a
libconf_a_SOURCES = src/conf/check.c src/conf/check_more.c src/conf/conf.c src/conf/conf.h \
	src/conf/conf_default.c src/conf/conf_lines.c src/conf/conf_priv.h src/conf/conf_write.c src/conf/conf_write.h src/conf/conf_yaml.c src/conf/lists.c \
	src/conf/problems.c src/conf/schema.c src/conf/schema.def src/conf/schema.h src/conf/sources.c src/conf/theme.def \
	src/conf/value.c src/conf/value.h
libconf_a_CPPFLAGS = $(AM_CPPFLAGS) $(YAML_CFLAGS)

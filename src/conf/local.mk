noinst_LIBRARIES += libconf.a
libconf_a_SOURCES = src/conf/conf.c src/conf/conf.h src/conf/conf_write.h src/conf/schema.def src/conf/schema.h
libconf_a_CPPFLAGS = $(AM_CPPFLAGS) $(YAML_CFLAGS)

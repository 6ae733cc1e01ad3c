# Manual pages; the marked parts come from the tables (make update-docs), and a test fails when they differ.
man_pages = man/courant.1 man/courant-config.5 man/courant-keys.7
dist_man_MANS += $(man_pages)

noinst_PROGRAMS += docs
docs_SOURCES = build-aux/docs.c
docs_LDADD = $(layer_app) $(libs_app)

update-docs: docs$(EXEEXT)
	cd $(srcdir) && $(abs_srcdir)/build-aux/update-docs $(abs_builddir)/docs$(EXEEXT) $(man_pages)
.PHONY: update-docs
EXTRA_DIST += build-aux/update-docs

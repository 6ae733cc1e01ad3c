# Data files that are installed: the bundled edition, under the folder of the package.
include data/edition/local.mk
nobase_dist_pkgdata_DATA = $(edition_DATA_FILES)

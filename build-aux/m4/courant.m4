# Macros of courant's configure script.

# CO_APPEND_FLAGS(VARIABLE, FLAGS): adds each flag that the compiler takes together with those before it.
AC_DEFUN([CO_APPEND_FLAGS],
[for co_flag in m4_normalize([$2]); do
  AC_MSG_CHECKING([whether $CC takes $co_flag])
  co_saved=$CFLAGS
  CFLAGS="$CFLAGS -Werror $$1 $co_flag"
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
    [AC_MSG_RESULT([yes]); $1="$$1 $co_flag"], [AC_MSG_RESULT([no])])
  CFLAGS=$co_saved
done])

# CO_APPEND_LDFLAGS(VARIABLE, FLAGS): adds each linker flag that the linker takes.
AC_DEFUN([CO_APPEND_LDFLAGS],
[for co_flag in m4_normalize([$2]); do
  AC_MSG_CHECKING([whether the linker takes $co_flag])
  co_saved=$LDFLAGS; co_csaved=$CFLAGS
  LDFLAGS="$LDFLAGS $co_flag"; CFLAGS="$CFLAGS -fPIE"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
    [AC_MSG_RESULT([yes]); $1="$$1 $co_flag"], [AC_MSG_RESULT([no])])
  LDFLAGS=$co_saved; CFLAGS=$co_csaved
done])

# CO_CHECK_LIB(PREFIX, LIBRARY, FUNCTION, HEADER): a library that has no pkg-config file.
AC_DEFUN([CO_CHECK_LIB],
[AC_CHECK_HEADER([$4], [], [AC_MSG_ERROR([$4 is missing: install the development files of lib$2])])
AC_CHECK_LIB([$2], [$3], [$1_LIBS=-l$2], [AC_MSG_ERROR([lib$2 is missing])])
AC_SUBST([$1_LIBS])])

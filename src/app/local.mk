noinst_LIBRARIES += libapp.a
libapp_a_SOURCES = src/app/hands.h src/app/app.h src/app/command.def src/app/command.h src/app/geometry.c src/app/geometry.h src/app/headline.c src/app/key.h src/app/keyname.c src/app/keymap.h src/app/place.h

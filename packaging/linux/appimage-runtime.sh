#!/usr/bin/env bash
# Makes what an AppImage begins with, from its pinned sources: appimage-runtime.sh OUT. Nothing that
# somebody else compiled is taken, but Debian's libraries. Needs git, gcc, make, autoconf, automake,
# libtool, pkg-config, libfuse3-dev, libzstd-dev and zlib1g-dev.
set -euo pipefail
out=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

source_of() { # NAME COMMIT ADDRESS: a commit's name is the sum of all that is in it
  git init --quiet "$work/$1"
  git -C "$work/$1" fetch --quiet --tags "$3"
  git -C "$work/$1" checkout --quiet "$2"
}
source_of runtime caf24f9f712084686bfc24a70b75e50df0aefb9c https://github.com/AppImage/type2-runtime
source_of squashfuse 775b4cc72ab47641637897f11ce0da15d5c1f115 https://github.com/vasi/squashfuse

size="-Os -ffunction-sections -fdata-sections -ffile-prefix-map=$work=."
cd "$work/squashfuse"
{ ./autogen.sh && CFLAGS="$size" ./configure --without-xz --without-lzo --without-lz4 && make; } \
  > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }

cd "$work/runtime/src/runtime"
mkdir squashfuse
cp "$work"/squashfuse/*.h squashfuse/
# Words of the linker about dlopen: there are no modules of FUSE to be opened.
gcc -std=gnu99 -D_FILE_OFFSET_BITS=64 -DGIT_COMMIT='"caf24f9"' $size -w -T data_sections.ld -I. \
  -Isquashfuse $(pkg-config --cflags fuse3) -static-pie -Wl,--gc-sections runtime.c \
  "$work"/squashfuse/.libs/libsquashfuse_ll.a "$work"/squashfuse/.libs/libsquashfuse.a \
  "$work"/squashfuse/.libs/libfuseprivate.a -lfuse3 -lzstd -lz -lpthread -ldl -o runtime \
  2> "$work/log" || { cat "$work/log" >&2; exit 1; }
strip --strip-unneeded runtime
printf 'AI\x02' | dd of=runtime bs=1 seek=8 conv=notrunc status=none # the mark of an AppImage
install -D -m 755 runtime "$out"

#!/usr/bin/env bash
# Packs the bundle as an AppImage, the same each time: appimage.sh BUNDLE ICONS RUNTIME OUT. RUNTIME
# is what appimage-runtime.sh made. Needs mksquashfs (squashfs-tools).
set -euo pipefail
bundle=$1 icons=$2 runtime=$3 out=$4
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$out/AssetBridge.AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib" "$folder/usr/share/applications" "$folder/usr/share/metainfo"
cp -a "$bundle" "$folder/usr/lib/asset-bridge"
cp "$here/asset-bridge.desktop" "$folder/"
cp "$here/asset-bridge.desktop" "$folder/usr/share/applications/"
cp "$here"/*.metainfo.xml "$folder/usr/share/metainfo/"
cp "$icons/hicolor/256x256/apps/asset-bridge.png" "$folder/"
mkdir -p "$folder/usr/share/icons"
cp -r "$icons/hicolor" "$folder/usr/share/icons/"
ln -s asset-bridge.png "$folder/.DirIcon"
cat > "$folder/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/lib/asset-bridge/asset-bridge" "$@"
RUN
chmod 755 "$folder/AppRun"
chmod -R u=rwX,go=rX "$folder"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$here/../../bridge_app/__init__.py")
image=$out/asset-bridge-$version-$(uname -m).AppImage
time=${SOURCE_DATE_EPOCH:-0}
env -u SOURCE_DATE_EPOCH mksquashfs "$folder" "$folder.squashfs" -comp zstd -all-root -noappend \
  -mkfs-time "$time" -all-time "$time" -processors 2 -quiet -no-progress
cat "$runtime" "$folder.squashfs" > "$image"
chmod 755 "$image"
rm -rf "$folder" "$folder.squashfs"

#!/usr/bin/env bash
# Packs the bundle as an AppImage: appimage.sh BUNDLE ICONS OUT. Needs appimagetool and its runtime,
# which no package registry carries; where they are missing, the folder is made, and that is said.
set -euo pipefail
bundle=$1 icons=$2 out=$3
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
find "$folder" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-0}" {} +
if ! command -v appimagetool >/dev/null; then
  echo "appimagetool is not installed: $folder is ready for it, and no AppImage was made." >&2
  exit 0
fi
ARCH=$(uname -m) appimagetool --no-appstream "$folder" "$out/asset-bridge-$(uname -m).AppImage"
rm -rf "$folder"

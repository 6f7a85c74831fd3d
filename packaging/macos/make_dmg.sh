#!/usr/bin/env bash
# NOT TESTED on macOS. Signs and notarises the app if IDENTITY is set, and packs it: make_dmg.sh APP OUT
set -euo pipefail
app=$1 out=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(/usr/libexec/PlistBuddy -c 'Print CFBundleShortVersionString' "$app/Contents/Info.plist")
image=$out/asset-bridge-$version.dmg
mkdir -p "$out"
if [ -n "${IDENTITY:-}" ]; then
  # From the inside out: what is inside has to be sealed before its container is.
  find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$IDENTITY" \
      --entitlements "$here/entitlements.plist"
  codesign --force --timestamp --options runtime --sign "$IDENTITY" \
    --entitlements "$here/entitlements.plist" "$app"
  codesign --verify --deep --strict "$app"
fi
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname 'Asset Bridge' -srcfolder "$staging" -fs HFS+ -format UDZO -ov "$image"
if [ -n "${IDENTITY:-}" ]; then
  codesign --timestamp --sign "$IDENTITY" "$image"
  xcrun notarytool submit "$image" --wait --apple-id "$NOTARY_APPLE_ID" \
    --team-id "$NOTARY_TEAM" --password "$NOTARY_PASSWORD"
  xcrun stapler staple "$image"
else
  echo 'IDENTITY is not set: the image is neither signed nor notarised.' >&2
fi

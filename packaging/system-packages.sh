#!/usr/bin/env bash
# Installs what makes virtual environments (venv), the system libraries that Qt needs (runtime), and
# what the tests use besides (tests): one of them or several. Debian and Ubuntu only; asks nothing. Elsewhere, or without the right to install, it says what
# is missing and goes on: Qt then names the library it lacks.
set -euo pipefail

runtime=(
  libglib2.0-0 libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 libgssapi-krb5-2 libbrotli1
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
)
tests=(
  xvfb xauth openbox xdotool x11-utils dbus at-spi2-core gnome-keyring fonts-droid-fallback
  libvips-tools libimage-exiftool-perl libenchant-2-2 desktop-file-utils appstream
)
# Opens review packs in the tests. Debian has this small one; Ubuntu none that is no snap, and
# where there is another Chromium, that one is used.
browser=chromium-headless-shell

wanted=()
browser_wanted=
for part in "${@:-runtime}"; do
  case "$part" in
    venv) "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || wanted+=(python3-venv) ;;
    runtime) wanted+=("${runtime[@]}") ;;
    tests)
      wanted+=("${tests[@]}")
      browser_wanted=$browser
      for there in "$browser" chromium google-chrome; do
        ! command -v "$there" >/dev/null || browser_wanted=
      done
      ;;
    *) echo "usage: $0 venv|runtime|tests..." >&2; exit 2 ;;
  esac
done

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || exit 0

missing=()
for package in "${wanted[@]}"; do
  # Ubuntu 24.04 and Debian 13 renamed some packages for 64-bit time.
  known=$(dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null || true)
  [[ $known == *"install ok installed"* ]] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && [ -z "$browser_wanted" ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
    echo "Please install, as an administrator: apt-get install ${missing[*]} $browser_wanted" >&2
    exit 0
  fi
  as_root=(sudo -n)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >/dev/null || true
if [ -n "$browser_wanted" ] && apt-cache show "$browser" >/dev/null 2>&1; then
  missing+=("$browser")
fi
[ ${#missing[@]} -eq 0 ] && exit 0
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

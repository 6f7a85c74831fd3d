# What people install, and what goes with it; all of it lands in dist/. See docs/releasing.md.
# The time in what is made is that of the newest commit, so that it can be made again.
MADE := wheel sbom bundle tarball deb appimage checksums
$(MADE): export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
WHEEL = dist/asset_bridge-$(VERSION)-py3-none-any.whl
VERSION = $(shell sed -n 's/^__version__ = "\(.*\)"/\1/p' bridge_app/__init__.py)
BUNDLE_ENV := build/env
MACHINE := $(shell uname -m)
RUNTIME := build/appimage-runtime

.PHONY: icons $(MADE)

wheel: setup          ## dist/….whl, for pipx, uv and pip
	@$(BIN)/python -m hatchling build -t wheel -d dist

icons: setup          ## the icon in all sizes, into build/icons
	@QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/icons.py build/icons

sbom: setup           ## what the application consists of (CycloneDX)
	@mkdir -p dist
	@$(BIN)/python packaging/sbom.py dist/asset-bridge-$(VERSION).cdx.json

$(BUNDLE_ENV)/.ready: requirements.lock packaging/pip.txt packaging/build.txt
	@test -x $(BUNDLE_ENV)/bin/python || $(PYTHON) -m venv $(BUNDLE_ENV)
	@$(BUNDLE_ENV)/bin/python -m pip install --quiet --no-compile --require-hashes -r packaging/pip.txt
	@$(BUNDLE_ENV)/bin/python -m pip install --quiet --no-compile --no-deps --require-hashes \
		-r requirements.lock -r packaging/build.txt
	@touch $@

bundle: wheel icons $(BUNDLE_ENV)/.ready   ## build/bundle/asset-bridge, one folder that runs
	@$(BUNDLE_ENV)/bin/python -m pip install --quiet --no-deps --no-compile --force-reinstall $(WHEEL)
	@$(BUNDLE_ENV)/bin/python packaging/bundle.py build/bundle

tarball: bundle       ## the bundle as dist/….tar.xz, to be unpacked anywhere
	@tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_DATE_EPOCH) --mode=go-w \
		-C build/bundle -cf - asset-bridge | xz -6 --threads=2 \
		> dist/asset-bridge-$(VERSION)-linux-$(MACHINE).tar.xz

deb: bundle sbom      ## dist/….deb
	@$(BIN)/python packaging/deb.py build/bundle/asset-bridge build/icons \
		dist/asset-bridge-$(VERSION).cdx.json dist

$(RUNTIME): packaging/linux/appimage-runtime.sh
	@bash $< $@

appimage: bundle $(RUNTIME)   ## dist/….AppImage
	@bash packaging/linux/appimage.sh build/bundle/asset-bridge build/icons $(RUNTIME) dist

checksums:            ## SHA256SUMS of dist/, signed: make checksums KEY=… NOTES=…
	@test -n "$(KEY)" -a -n "$(NOTES)" || { echo "make checksums KEY=key.pem NOTES=notes.md"; exit 2; }
	@$(BIN)/python packaging/sign_release.py sign dist "$(KEY)" --notes "$(NOTES)"

# Two commands matter: `make run` opens Asset Bridge, `make test` passes all checks.
SHELL := /bin/bash
.DEFAULT_GOAL := run
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
PACKAGES := runtime
VIEWS := build/views
MINUTES := 15
# What Python compiled is kept: commands, decoders and tests are many short processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup test check fix bench soak histories screenshots views schema translations clean
.PHONY: system-packages python-packages style types imports compiled

run: setup            ## set up if needed, then open the window (or the demo without one)
	@$(BIN)/asset-bridge

setup: $(READY) $(patsubst %.ts,%.qm,$(wildcard i18n/*.ts))   ## leaves .venv/bin/asset-bridge

i18n/%.qm: i18n/%.ts | $(READY)
	@$(BIN)/pyside6-lrelease -silent $< -qm $@

$(READY): requirements.lock packaging/pip.txt pyproject.toml packaging/system-packages.sh
	@bash packaging/system-packages.sh venv
	@$(MAKE) --no-print-directory --jobs=2 system-packages python-packages PACKAGES="$(PACKAGES)"
	@touch $(READY)

system-packages:
	@bash packaging/system-packages.sh $(PACKAGES)

python-packages:      # what is used is compiled when it is used; the lock is complete
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --no-compile --require-hashes -r packaging/pip.txt
	@$(PIP) --no-compile --no-deps --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .

test: PACKAGES := runtime tests
test: setup           ## all checks, as CI runs them
	@bash packaging/system-packages.sh tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types compiled style imports
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --numprocesses=$$(($$(nproc) + 1)) --dist=worksteal \
		-o faulthandler_timeout=180 -o faulthandler_exit_on_timeout=true

check: style types imports   ## everything that needs no test run

style: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python packaging/translations.py --check

types: setup
	@$(BIN)/mypy bridge_app tests packaging

imports: setup
	@$(BIN)/lint-imports
	@$(BIN)/deptry bridge_app

compiled: setup       # the tests, once for all processes that run them
	@found=$$(QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --collect-only -qq 2>&1) \
		|| { echo "$$found"; exit 1; }

fix: setup            ## format, and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup          ## measurements, printed as ratios
	@bash packaging/system-packages.sh tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m bench -s --timeout=1200 tests/benchmarks

soak: setup           ## long random histories: kills, lost replies, storms, fuzzing
	@bash packaging/system-packages.sh tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m soak -s --timeout=3600 -o faulthandler_timeout=3600

histories: setup      ## the gate's random histories for MINUTES, each time others; counted
	@bash packaging/system-packages.sh tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.work.long_histories --minutes=$(MINUTES)

screenshots: setup    ## pictures of the window into docs/images/
	@bash packaging/system-packages.sh tests
	@$(BIN)/python packaging/screenshots.py docs/images

views: setup          ## pictures of every view in each language, light and dark, into VIEWS
	@$(BIN)/python -m tests.views $(VIEWS) --sheets $(VIEWS_OPTIONS)

schema: setup         ## write the databases' schemas down as SQL
	@$(BIN)/python packaging/schema.py

translations: setup   ## collect the texts into i18n/*.ts
	@$(BIN)/python packaging/translations.py

include packaging/release.mk

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

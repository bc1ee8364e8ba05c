# `make app` installs and opens the app; `make test` installs and passes the tests. Nothing else is needed but Python 3.11+.

VENV ?= .venv
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$each"; break; }; done)
RUN = "$(VENV)/bin/python"
WORKERS ?= 2
TESTS ?= not slow
PATHS ?= tests
# Each worker has one core.
test test-all: export OPENBLAS_NUM_THREADS = 1

.PHONY: app test test-all check bench bench-pages facts load load-replicas bots crash screenshot clean

app: $(VENV)/.app
	"$(VENV)/bin/sanctions-lab" app

test: $(VENV)/.dev
	$(RUN) -m pytest -n $(WORKERS) --dist worksteal -m "$(TESTS)" $(PATHS)

test-all: $(VENV)/.dev
	$(RUN) -m pytest -n $(WORKERS) --dist worksteal --all

check: $(VENV)/.dev
	$(RUN) -m ruff check .
	$(RUN) -m mypy

bench: $(VENV)/.dev
	$(RUN) -m tests.bench

bench-pages: $(VENV)/.dev
	$(RUN) -m tests.bench.pages

facts: $(VENV)/.dev
	"$(VENV)/bin/sanctions-lab" facts --out build/facts --force

load: $(VENV)/.dev
	$(RUN) -m tests.load.load

load-replicas: $(VENV)/.dev
	$(RUN) -m tests.load.load --replicas 2 --postgres

bots: $(VENV)/.dev
	$(RUN) -m tests.load.bots
	EVERYTHING=1 $(RUN) -m pytest tests/browser/test_class_browser.py -k scenario

crash: $(VENV)/.dev
	$(RUN) tests/load/crash.py
	$(RUN) -m tests.load.kill_server

screenshot: $(VENV)/.dev
	$(RUN) -m tests.browser.screenshot

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; install it, or say PYTHON=/path/to/python."; exit 1; }
	"$(PYTHON)" -m venv "$(VENV)"

$(VENV)/.app: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch "$(VENV)/.app"

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch "$(VENV)/.dev" "$(VENV)/.app"

clean:
	rm -rf build "$(VENV)"

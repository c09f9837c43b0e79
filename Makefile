# The commands of a day with redmine-sla. `make` lists them.

PYTHON ?= python3
VENV   ?= .venv
RUN    := $(VENV)/bin/python
STAMP  := $(VENV)/.installed
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup servers check format words test demo demo-stop bench clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): setup.cfg pyproject.toml Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "No venv module: as root, apt-get install python3-venv"; exit 2; }
	@$(VENV)/bin/pip install --quiet --upgrade pip
	$(VENV)/bin/pip install --quiet --editable '.[dev,reports,postgres,bench]'
	@touch $@

setup: $(STAMP)  ## install the package and the tools of development into .venv

check: $(STAMP)  ## lint, types, layers and fast tests: a minute or two
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m pytest -q -n $(WORKERS) -m "not real and not postgres and not browser and not slow"

format: $(STAMP)  ## put the code into its form
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

words: $(STAMP)  ## bring the files of translations up to date with the code
	$(RUN) -m tests.language update

servers: $(STAMP)  ## build the real Redmine servers (kept in a cache outside the checkout)
	-sh tests/harness/install-debian.sh
	$(RUN) -m tests.harness build

test: check servers  ## everything, on real Redmine servers
	$(RUN) -m pytest -q -n $(WORKERS) --dist loadfile -m "real or postgres or browser or slow"

demo: $(STAMP)  ## the whole job on a real Redmine, ending with addresses to look at
	$(RUN) -m examples.demo start

demo-stop: $(STAMP)  ## stop the demo and remove what it made
	$(RUN) -m examples.demo stop

bench: $(STAMP)  ## the figures of the README
	$(RUN) -m benchmarks

clean:  ## remove what was built here (not the servers: python -m tests.harness clean)
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# What to type. Each target does all the set-up it needs, and passes over what is done already.

find_python = for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done
PYTHON ?= $(shell $(find_python))
PREPARE = $(or $(PYTHON),@echo "Python 3.11 or later is needed: install Debian's python3."; false;) -m scripts.prepare

# Python keeps what it compiles in build/, even where it is told to keep nothing beside the sources:
# it is started often, by the tests above all.
export PYTHONPYCACHEPREFIX := $(CURDIR)/build/python
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test bench check fix lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: ## Install everything that running and testing need
	@$(PREPARE) test

run: ## Serve the register on HOST:PORT (http://localhost:8000)
	@$(PREPARE) serve

test: ## Run all tests
	@$(PREPARE) test
	@.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: ## Measure the register against yardsticks, side by side, into benchmarks/latest.json
	@$(PREPARE) test
	@.venv/bin/python -m benchmarks

check: ## Check style, types, layers, migrations, templates and pins
	@$(PREPARE) test
	@.venv/bin/python -m scripts.check

fix: ## Mend what ruff can mend
	@$(PREPARE) test
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

lock: ## Write the pins anew from pyproject.toml and package.json
	@.venv/bin/python -m scripts.lock

clean: ## Remove what was built; the data in var/ stays
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# One plain line for each job. Needs Python >= 3.11 and make; everything else is set up here, in .venv.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
# One more than the cores that continuous integration has: journeys wait for their browsers a good part of the time.
JOBS ?= 3
KERNELS := kernels-ground kernels-days kernels-slots

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint style types checks kernels $(KERNELS) browser bench audit

help:
	@echo "make setup   set up .venv with everything that is needed"
	@echo "make demo    load the Leaf village with a mission under way, and serve its desk at 127.0.0.1:8765"
	@echo "make test    lint, then every test"
	@echo "make lint    style, floors, types and the checks in tools/"
	@echo "make audit   what is known against the source and the packages; it asks the network"
	@echo "make bench   every benchmark at full size, into docs/benchmarks.md; ONLY=\"motion plan\" runs some of them"

setup: $(STAMP)

# The stamp holds a digest of what was set up: a checkout that only touches the files does not set up again.
.PHONY: FORCE
FORCE:
$(STAMP): FORCE
	@$(PYTHON) tools/set_up.py

demo: setup
	@$(BIN)/wayhome demo --serve

lint: style types checks

style: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache

types: setup
	$(BIN)/mypy

checks: setup
	$(BIN)/python -m tools.check_all
	$(BIN)/python -m tools.check_js

# The journeys need a browser; it is installed where it is missing and we may.
browser: setup
	@$(BIN)/python -m tools.browser

# What many tests compile. Where it fails, a test says why.
kernels: $(KERNELS)

$(KERNELS): setup
	-@$(BIN)/python -m tools.kernels $(@:kernels-%=%)

# Byte code and kernels are made once here, since tests start many processes and some machines keep none of it: while the
# linters are at work, on both cores. pytest speaks last, so that its closing line is the last one printed.
test: setup browser
	@$(BIN)/python -m compileall -q src
	@make --no-print-directory -j2 kernels-ground types $(KERNELS) lint
	$(BIN)/pytest -n $(JOBS) --dist worksteal

bench: setup
	$(BIN)/python -m tools.bench $(ONLY)

audit: setup
	$(BIN)/python -m tools.audit

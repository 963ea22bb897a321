# make demo | make test | make check | make clean        (each sets up .venv by itself, once)
#
# TORCH=2.9.1    install that torch instead of the one in constraints.txt
# PYTHON=...     the interpreter that .venv is made from (3.11 or newer)
#
# A torch >= 2.6 that PYTHON or .venv already has is taken as it is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: demo test check lint format types clean force

PYTHON ?= python3
TORCH ?=
BIN := .venv/bin
READY := .venv/ready

# Asking for another torch than the one installed sets up again.
ifneq ($(TORCH),)
ifneq ($(TORCH),$(shell sed 's/+.*//' $(READY) 2>/dev/null))
$(READY): force
endif
endif

demo: $(READY)
	@$(BIN)/python -P -m chainrule demo --out build/demo

test: $(READY)
	@$(BIN)/python -P -m pytest -n 2 --dist loadscope

check: lint types test

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: $(READY)
	@$(BIN)/mypy

# The stamp is written last, so that an interrupted set-up is taken up again. It holds torch's version.
$(READY): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" TORCH="$(TORCH)" bash .ci/setup

clean:
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Everything here needs only Python 3.11 or newer and make; the rest is installed into .venv.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
# No wheels of the native terminal emulator are built for musl (Alpine); a pure-Python one stands in.
UNLESS_MUSL := awk -v musl="$$($(BIN)/python -c 'import sysconfig; \
	print("musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""))')" \
	'/^[^ \#]/ { skipped = musl == "True" && /^pyghostty/ } !skipped'
INSTALL := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test test-whole lint format bench lock clean

help: ## show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(RUNTIME) ## open the browser on the embedded demo gateway
	@$(BIN)/hoopscope demo

test: $(DEVELOPMENT) ## run all tests
	@$(BIN)/python -m pytest -q

test-whole: $(DEVELOPMENT) ## run the tests of whole browsers in terminals, over ssh too
	@$(BIN)/python -m pytest -q -m 'whole and not slow'

lint: $(DEVELOPMENT) ## ruff, mypy, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(DEVELOPMENT) ## let ruff mend and format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(DEVELOPMENT) ## measure, print tables, fail nothing
	@$(BIN)/python -m benchmarks

lock: ## renew the pinned versions (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove the environment and all caches
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo 'hoopscope needs Python 3.11 or newer, and none was found.' >&2; \
		echo 'Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python) or name one: make PYTHON=/path/to/python' >&2; \
		exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'hoopscope needs Python 3.11 or newer; $(PYTHON) is older. Name another one: make PYTHON=/path/to/python' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo 'This Python has no venv module (Debian, Ubuntu: apt install python3-venv). Install it and try again.' >&2; exit 1; }
	@echo 'Setting up $(VENV), once …'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUNTIME): $(BIN)/python requirements.lock pyproject.toml
	@$(UNLESS_MUSL) requirements.lock > $@.lock
	@$(INSTALL) --require-hashes -r $@.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(BIN)/python requirements-dev.lock pyproject.toml
	@$(UNLESS_MUSL) requirements-dev.lock > $@.lock
	@$(INSTALL) --require-hashes -r $@.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(RUNTIME)

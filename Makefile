# Rapport. `make` alone lists what there is. The virtual environment makes itself, from the lock files.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
# The lock names everything and Python compiles what it imports: neither needs doing again, and it is half the time.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(if $(upgrade),--upgrade) pyproject.toml requirements/build.in

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset run migrate migration test proof year screens lint format bench lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.demo ## a local Slack with a sample company, and the bot in it: no account needed
	@$(BIN)/python -m playground

demo-reset: $(VENV)/.demo ## the same, begun anew: what was done in the demo is forgotten
	@$(BIN)/python -m playground --anew

run: $(VENV)/.run ## the bot, with the settings in .env
	@$(BIN)/python -m bot run

migrate: $(VENV)/.run ## create the database, or bring it up to date
	@$(BIN)/python -m bot migrate

migration: $(VENV)/.dev ## draft a migration from the models: make migration m="quiet hours"
	@test -n "$(m)" || { echo 'Say what it is about: make migration m="quiet hours"'; exit 1; }
	@mkdir -p var && rm -f var/draft.db
	@DATABASE_URL=sqlite:///var/draft.db $(BIN)/python -m bot migrate
	@DATABASE_URL=sqlite:///var/draft.db $(BIN)/alembic revision --autogenerate --message "$(m)"
	@$(BIN)/ruff format --quiet migrations

PYTEST := $(BIN)/pytest --numprocesses auto --dist worksteal
# Compiled once for all processes of all runs, also where the environment says to write no bytecode.
test proof year: export PYTHONDONTWRITEBYTECODE :=
test proof year: export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/bytecode

test: $(VENV)/.dev ## every test, in one combination of database and transport; about four minutes on two cores
	$(PYTEST)

proof: $(VENV)/.dev ## every test in every combination, kills, fuzz and simulation at full size; about 15 minutes
	$(PYTEST) --proof

year: $(VENV)/.dev ## the longest test: a simulated year of 300 people, in a quarter of an hour or so; seeds=2,3 for others
	$(BIN)/pytest tests/simulation --people 300 --weeks 52 $(if $(seeds),--seeds $(seeds))

screens: $(VENV)/.dev ## pictures of the main screens, as wide as a phone and as a desktop: make screens to=FOLDER
	@test -n "$(to)" || { echo 'Say where they go: make screens to=FOLDER'; exit 1; }
	@$(BIN)/python -m tests.browser.screens "$(to)"

lint: $(VENV)/.dev ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.dev ## speed, each figure beside its floor
	$(BIN)/python -m benchmarks

lock: $(VENV)/.dev ## write the lock files from pyproject.toml; upgrade=1 takes newer versions
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --constraint requirements/run.txt --extra demo --output-file requirements/demo.txt
	$(LOCK) --constraint requirements/demo.txt --extra dev --output-file requirements/dev.txt

$(VENV)/.run $(VENV)/.demo $(VENV)/.dev: $(VENV)/.%: requirements/%.txt | $(BIN)/python
	@echo "Installing what make $(MAKECMDGOALS) needs …"
	@$(PIP) --no-deps --no-compile --require-hashes --requirement $<
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

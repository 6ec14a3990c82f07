# `make serve` and `make test` are all that a fresh machine needs; both build .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(VENV)/.locked
READY := $(VENV)/.ready
UV := uv==0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup serve demo test soak mutants seize lint format data schema cases law element tools audit sbom lock clean

help:
	@echo "make setup    build $(VENV), with the command $(BIN)/caveat"
	@echo "make serve    run the service on the rules and location data that ship with it"
	@echo "make demo     an article in which every way of embedding can be seen"
	@echo "make test     lint, then every test"
	@echo "make soak     the long campaigns: hours, and everything that make test proves in short"
	@echo "make mutants  how many faults planted in law, locate and rulebook the tests find; SAMPLE=150 of each"
	@echo "make seize    what could be handed over about a reader, after a run of the live service"
	@echo "make lint     style, types, and the floors of the house"
	@echo "make format   rewrite the code in the house's format"
	@echo "make data     rebuild the location data from its sources"
	@echo "make schema   write the schemas by which editors complete rule files"
	@echo "make cases    write the program and the cases by which engines in other languages are held"
	@echo "make law      write the pages about the law, docs/law, from the rules"
	@echo "make element  build the element from its sources"
	@echo "make tools    install the browsers and servers that the tests run, where they are missing"
	@echo "make lock     write the lock files anew from pyproject.toml; UPGRADE=1 takes the newest versions"
	@echo "make audit    ask whether any dependency is known to be unsafe; says how many it could ask about"
	@echo "make sbom     write the bill of materials, build/sbom.json"
	@echo "make clean    remove everything that was built"

setup: $(READY)

$(LOCKED): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Caveat needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

$(READY): $(LOCKED) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

serve: setup
	$(BIN)/caveat serve

demo: setup
	$(BIN)/caveat demo

test: tools lint
	$(BIN)/python -m pytest -n 2

soak: tools
	$(BIN)/python -m pytest -rsP --soak --hypothesis-profile soak tests/trust tests/law tests/web/test_fuzz.py \
	  tests/browser/test_law.py tests/device/test_engine.py tests/library
	$(MAKE) mutants SAMPLE=100

SAMPLE ?= 150
mutants: setup
	$(BIN)/python -m tests.trust.mutants --sample $(SAMPLE)

seize: tools
	$(BIN)/python -m tests.trust.seize

tools: setup
	.ci/tools

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

data: setup
	$(BIN)/python data/build.py

schema: setup
	$(BIN)/python -m service.rulebook.schema rules/schema

audit: setup
	$(BIN)/python -m tests.trust.advisories

sbom: setup
	mkdir -p build
	$(BIN)/python -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
	  -o build/sbom.json

cases: setup
	$(BIN)/python -m service.device.program docs/porting
	$(BIN)/python -m service.device.program docs/porting/invented docs/porting/invented/rules

law: setup
	$(BIN)/python -m service.atlas.book rules docs/law

element: tools
	npm run --silent build

# Every platform's hashes, so that one lock serves a laptop, CI and the container. The development lock takes the
# runtime's versions as they are: what is tested is what is served.
lock:
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check '$(UV)'
	.venv-lock/bin/uv pip compile $(COMPILE) --group build --output-file requirements.lock pyproject.toml
	.venv-lock/bin/uv pip compile $(COMPILE) --group build --group dev --constraint requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml
	rm -rf .venv-lock

COMPILE = --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

clean:
	rm -rf $(VENV) .venv-lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The commands of the house. Each sets up what it needs; `make run` and `make test` work on a clean clone.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell command -v $(p) 2>/dev/null)))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SHARED ?= ../shared

.PHONY: run test lint bench docs clean models screenshots

run: .venv/installed
	@$(BIN)/comity demo

test: .venv/developed
	@$(BIN)/python -m pytest -n 2 --dist worksteal -rs

lint: .venv/developed
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/developed
	@$(BIN)/python benchmarks/reading.py $(SHARED)/corpus
	@$(BIN)/python benchmarks/links.py $(SHARED)
	@$(BIN)/python benchmarks/families.py $(SHARED)/corpus/clusters.jsonl.gz
	@$(BIN)/python benchmarks/translations.py
	@$(BIN)/python benchmarks/events_told.py $(SHARED)/corpus/clusters.jsonl.gz
	@mkdir -p build
	@$(BIN)/python benchmarks/register.py $(SHARED)/corpus --pieces build/pieces.jsonl.gz

docs: .venv/developed
	@$(BIN)/python tools/write_docs.py $(SHARED)

models: .venv/developed
	@$(BIN)/python tools/make_event_words.py $(SHARED)/corpus
	@for kind in statements events; do $(BIN)/python tools/train_$$kind.py $(SHARED)/gold/train $(SHARED)/corpus || exit 1; done
	@for kind in themes links sdg; do $(BIN)/python tools/train_$$kind.py $(SHARED)/gold/train || exit 1; done
	@$(BIN)/python tools/train_event_codes.py $(SHARED)/corpus/plover $(SHARED)/gold/train $(if $(VERBS),--verbs $(VERBS),--language vi)

screenshots: .venv/developed
	@$(BIN)/python tools/screenshots.py --every build/screenshots

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Comity needs Python 3.11 or newer; install it (Debian: apt-get install python3 python3-venv)." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Comity needs Python 3.11 or newer; $(PYTHON) is older." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } \
	  || { echo "Python's venv is missing; install it (Debian: apt-get install python3-venv) and run make again." >&2; exit 2; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip --disable-pip-version-check install -q --upgrade 'pip>=24'

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/developed: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ .venv/installed

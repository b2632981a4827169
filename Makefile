# Every target prepares what it needs; a second call costs nothing.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
ASSETS := build/.assets
PORT ?= 8050

.PHONY: help setup run etl review template report assets serve test check programs crash proofs quality bench bench-dashboard docs lock messages clean

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup: $(STAMP) ## Build the environment in .venv (once)

run: etl $(ASSETS) serve ## Set up, refresh from data/raw, serve on http://127.0.0.1:8050

etl: $(STAMP) ## Read data/raw, publish to data/processed, say what was understood (LANGUAGE=ru)
	@$(PY) -m etl run $(if $(LANGUAGE),--lang $(LANGUAGE)) || [ $$? -eq 1 ]

review: $(STAMP) ## Write the open questions to data/raw/decisions/review.xlsx (LANGUAGE=ru), keep the answers given
	@$(PY) -m etl review --lang $(or $(LANGUAGE),en)

template: $(STAMP) ## Write an empty workbook to fill in (FILE=template.xlsx, LANGUAGE=ru)
	@$(PY) -m etl template "$(or $(FILE),template.xlsx)" --lang $(or $(LANGUAGE),en)

report: $(STAMP) ## Write the annual report in all five formats to build/report/ (YEAR=2024, LANG=ru)
	@$(PY) -m dashboard report --lang "$(or $(LANGUAGE),$(LANG),en)" $(if $(YEAR),--year $(YEAR)) \
		$(foreach suffix,docx pptx pdf html xlsx,--to build/report/report$(if $(YEAR),-$(YEAR)).$(suffix))

assets: $(STAMP) ## Build the small plotly.js (with Node, where it is there) and compress what browsers load
	@$(PY) scripts/make_assets.py && mkdir -p build && touch $(ASSETS)

serve: $(STAMP) ## Serve the published snapshot on http://127.0.0.1:$(PORT)
	@$(PY) -m dashboard --port $(PORT)

test: $(DEV) programs check ## Set up, then every check: style, types, layers, tests, real browser
	$(PY) -m pytest -q -n auto --dist worksteal

check: $(DEV) ## Style, types, layers, texts and printed docs, without the tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) scripts/messages.py --check
	$(PY) scripts/docs.py --check

programs: ## Install Chromium, fonts, LibreOffice and Poppler for the tests where they are missing
	@scripts/ensure-programs

crash: $(DEV) ## Kill, starve and corrupt publications at every point, 1,000 random kills (long, about half an hour)
	CRASH=long $(PY) -m pytest -q tests/crash tests/etl/publish tests/dashboard/test_store.py

proofs: $(DEV) ## Work every figure out a second time, in plain Python, under 1,000 random selections (long, about ten minutes)
	PROOFS=long $(PY) -m pytest -q -n auto tests/dashboard/figures/test_recount.py

bench: $(DEV) ## Speed and memory against yardsticks of the same run; stored in bench/etl.json (ROWS=100000)
	@$(PY) -m bench --rows $(or $(ROWS),100000)

bench-dashboard: $(DEV) $(ASSETS) ## Time per click, bytes and first chart of a visit, 50 and 200 users, memory, on 100,000 generated agreements; in bench/dashboard.json
	@$(PY) -m bench.dashboard

quality: $(DEV) ## Precision and recall on gold, with every miss (GOLD=folder for another)
	@$(PY) -m tests.quality $(GOLD)

docs: $(STAMP) ## Print docs/tables.md from the code
	@$(PY) scripts/docs.py

messages: $(STAMP) ## List texts without a translation and translations without a text
	@$(PY) scripts/messages.py

lock: ## Compile the locks again after a change of pyproject.toml (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean: ## Remove the environment, the snapshots and the caches
	rm -rf $(VENV) data/processed/{snapshots,current,cache,.work,.lock} build dashboard/assets/built .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache

# By itself once and after a change; without Node or a network the packaged plotly.js serves, so this never fails.
$(ASSETS): scripts/make_assets.py $(wildcard scripts/plotly/* dashboard/assets/*.js dashboard/assets/*.css) $(STAMP)
	@mkdir -p build
	@$(PY) scripts/make_assets.py >build/assets.log 2>&1 || true
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 setup"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make an environment: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(STAMP): requirements.lock | $(VENV)/bin/python
	@echo "Setting up the environment (once, about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock $(STAMP)
	@echo "Adding the tools for the checks (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

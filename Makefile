# The words people and CI use. `make` alone prints them.
# Needs: python3 (3.11 or newer), python3-venv, git, make.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
# Two cores; what one file prepares is prepared once.
TESTS := $(BIN)/pytest -n 2 --dist loadfile

.PHONY: help install setup demo test check lint bench mutants holidays pictures messages lock clean
.DEFAULT_GOAL := help

help: ## print these words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/installed-dev ## install everything for developers into .venv

install: .venv/installed ## install what a server needs into .venv
	$(BIN)/python -m okil.site.translations

demo: .venv/installed ## show the 2024 cycle on http://localhost:8000
	$(BIN)/okil demo --port $(PORT)

test: .venv/installed-dev ## everything CI runs (within 45 minutes on two cores)
	.ci/system-packages
	$(MAKE) --no-print-directory lint
	$(TESTS) -m "not journey and not interop"
	.ci/with-postgresql $(TESTS) -m "(database or both) and not journey and not interop"
	$(BIN)/python -m benchmarks.verification --check --sizes 100 --rounds 1
	$(BIN)/python -m benchmarks.documents --check --rounds 3
	$(BIN)/python -m benchmarks.plan --check --rounds 3
	$(BIN)/python -m benchmarks.roll --check
	@# Playwright runs once in a process, and these two start it in their own ways.
	$(TESTS) -m journey tests/journeys
	$(TESTS) -m "journey or interop" --ignore tests/journeys

check: .venv/installed-dev ## the ten-minute subset for every commit
	$(MAKE) --no-print-directory lint
	$(TESTS) -m "not journey and not interop and not slow"

lint: .venv/installed-dev ## what a machine can read: style, types, who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint src
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

lock: .venv/installed-dev ## write requirements*.txt from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	    --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url \
	    --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

holidays: .venv/installed-dev ## write the days off anew from the library that knows them
	$(BIN)/python .ci/days-off

mutants: .venv/installed-dev ## spoil the pure rules place by place; what no test notices is printed
	$(BIN)/python -m benchmarks.mutants

bench: .venv/installed-dev ## measure what we claim about speed; results: benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.verification
	$(BIN)/python -m benchmarks.booth
	$(BIN)/python -m benchmarks.documents
	$(BIN)/python -m benchmarks.plan
	$(BIN)/python -m benchmarks.roll

pictures: .venv/installed-dev ## take the README's pictures from a demonstration
	.ci/system-packages
	$(BIN)/python -m tests.journeys.pictures

messages: .venv/installed-dev ## gather the sentences to translate into the .po files, and compile
	cd src/okil && OKIL_DATA=$(CURDIR)/data $(CURDIR)/$(BIN)/okil manage makemessages \
	    --locale ru --locale kk --add-location file --no-wrap --no-obsolete --ignore 'tests/*'
	@sed -i -E '/^"(POT-Creation-Date|Report-Msgid-Bugs-To):/d' src/okil/site/locale/*/LC_MESSAGES/django.po
	$(BIN)/python -m okil.site.translations

clean: ## remove .venv and the caches (never data/)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build

# The lock has the hash of every file that is installed. Okil itself is not built, only put on the
# path: a build would fetch build tools that no lock names.
.venv/installed: requirements.txt pyproject.toml .ci/put-on-path
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Okil needs Python 3.11 or newer.")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python .ci/put-on-path
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

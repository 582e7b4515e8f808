# `make demo` and `make test` are all that a newcomer needs. `make help` lists the rest.
# Give more arguments with ARGS: make demo ARGS="-a seed=2", make test ARGS="-k login".
# Choose an interpreter with PYTHON: PYTHON=python3.12 make test.

.DEFAULT_GOAL := help
.PHONY: help setup demo investigate test lint doctor lock clean

BIN := .venv/bin

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

setup: ## virtual environment, locked dependencies and a browser; skipped where they are there
	@sh requirements/setup.sh

demo: setup ## crawl the lab, the embedded internet, and write a report
	$(BIN)/scrapy crawl artifacts $(ARGS)

investigate: setup ## a published case from its 97 indicators to the report, on the lab
	$(BIN)/scrapy investigate --visits 24 $(ARGS)

test: lint ## every check and every test
	$(BIN)/pytest $(ARGS)

lint: setup ## style, types and import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

doctor: setup ## what this machine lacks, and what to do about it
	$(BIN)/scrapy doctor

lock: ## choose the newest dependencies and write their hashes (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
		--output-file requirements/locked.txt

clean: ## remove what set-up and tests made; runs in outputs/ stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build

# Two commands do everything on a machine with Python 3.11 or later and make: `make demo`, `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test test-browser check gate bench fuzz audit train-reader clean

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

install: .venv/installed

demo: .venv/installed
	$(BIN)/whence demo

test: .venv/tested check gate

check: .venv/tested
	$(BIN)/ruff format --check src tests bench training examples
	$(BIN)/ruff check src tests bench training examples
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

gate: .venv/tested
	$(BIN)/python -m bench.gate

bench: .venv/tested
	$(BIN)/python -m bench.gate --all

train-reader: .venv/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[train]'
	$(BIN)/python training/reader/prepare.py ../shared/corpora out/reader
	$(BIN)/python training/reader/train.py out/reader out/reader
	$(BIN)/python training/reader/export.py out/reader/best.pt src/whence/models

clean:
	rm -rf .venv out dist build

# Two commands do everything on a machine with Python 3.11 or later and make: `make demo`, `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test test-browser check gate bench torture fuzz audit train-reader clean

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
	$(BIN)/ruff format --check src tests bench training examples docs
	$(BIN)/ruff check src tests bench training examples docs
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

test-browser: .venv/tested
	@command -v chromium >/dev/null || echo "no chromium here: on Debian, apt-get install chromium"
	$(BIN)/pytest tests/browser -rs

gate: .venv/tested
	$(BIN)/python -m bench.gate

bench: .venv/tested
	$(BIN)/python -m bench.gate --all

torture: .venv/tested
	$(BIN)/python -m tests.torture $(or $(N),1000)
	$(BIN)/python -m tests.editing $(or $(FOR),120)

# One reader with READER=html, each in turn without; what is found lies in .fuzz/.
fuzz: .venv/tested
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(or $(READER),all) $(or $(FOR),1800)

audit: .venv/tested
	$(BIN)/python -m pip install --quiet pip-audit bandit
	$(BIN)/pip-audit --skip-editable
	$(BIN)/bandit --quiet --recursive src

train-reader: .venv/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[train]'
	$(BIN)/python training/reader/prepare.py ../shared/corpora out/reader
	$(BIN)/python training/reader/train.py out/reader out/reader/first
	$(BIN)/python training/reader/train.py out/reader out/reader/then --passes 3 --rate 1.2e-4 --start out/reader/first/best.pt
	$(BIN)/python training/reader/export.py out/reader/then/best.pt src/whence/models
	$(BIN)/python training/reader/check.py out/reader/then/best.pt src/whence/models out/reader
	$(BIN)/python training/encoder/export.py src/whence/models

clean:
	rm -rf .venv out dist build

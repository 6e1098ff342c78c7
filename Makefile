# Needs only Python 3.11 or later and pip; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: report explore test style suite check lock data bench clean

report: .venv/ready
	$(BIN)/unions report comparison

# Side by side with make --jobs 2 test.
test: style suite

style: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

suite: .venv/tested
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

explore: .venv/ready
	$(BIN)/unions explore

check: .venv/ready
	$(BIN)/unions check

# N is the number of schools to make reports for: make bench N=518.
N ?= 24
bench: .venv/tested
	$(BIN)/python benchmarks/read_facts.py
	$(BIN)/python -m benchmarks.answer_school
	$(BIN)/python -m benchmarks.read_workforce
	$(BIN)/python -m benchmarks.make_reports $(N)

# Write what is generated: data/datapackage.json and data/README.md.
data: .venv/ready
	$(BIN)/python -m analysis.read.package

# The locks serve every system; run after a change of pyproject.toml.
lock: .venv/tested
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra cluster --extra word -c requirements.lock $(LOCK) -o requirements-dev.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

# The second lock holds all of the first, and what tests need.
.venv/tested: requirements-dev.lock requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	touch .venv/ready $@

clean:
	rm -rf .venv build

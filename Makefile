# `make demo` and `make test` are all that a newcomer needs; both set the project up first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# One thread for each native library: two pools on few cores wait for each other.
export OMP_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false

.PHONY: demo up down test browser lint typecheck train evaluate lock clean

demo: $(INSTALLED)
	$(BIN)/interlinear demo

up: $(INSTALLED)
	$(BIN)/interlinear up $(if $(PORT),--port $(PORT))

down: $(INSTALLED)
	$(BIN)/interlinear down

test: $(INSTALLED) browser lint typecheck
	$(BIN)/python -m pytest

# Pages are tested in a real browser, and no Python package brings one.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium >/dev/null; \
	else \
	  echo "The pages are tested in Chromium or Chrome, and neither is on the path. Install one," \
	    "such as Debian's and Ubuntu's: sudo apt-get install chromium"; exit 1; \
	fi

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

typecheck: $(INSTALLED)
	$(BIN)/mypy

train: $(INSTALLED)
	$(BIN)/python -m demo.training

evaluate: $(INSTALLED)
	$(BIN)/python -m demo.evaluate

# Exact versions and hashes, without the address of any registry.
lock:
	$(BIN)/uv pip compile pyproject.toml --group dev --group training --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --output-file requirements.lock
	echo 'uv==0.13.9' | $(BIN)/uv pip compile - --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --output-file requirements-setup.lock

$(INSTALLED): requirements.lock requirements-setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-setup.lock
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) .build .cache published

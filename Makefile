# Slopewise: `make demo` shows it, `make test` proves it. Needs Python 3.11 or newer, git and make.
#
#   make PYTHON=/path/to/python3     use that Python
#   make TORCH_INDEX=https://…       take torch from that package index (Linux: the small CPU build)

SHELL := /bin/sh
BIN := .venv/bin
export PYTHON TORCH_INDEX

.DEFAULT_GOAL := help
.PHONY: help demo build lab docs test test-learner test-server test-hub test-browser test-processors lint nbval bench mutants lock clean

help:
	@echo "make demo    build the lessons, grade a small sample class, print its scores"
	@echo "make lab     the course in JupyterLab, with Formgrader and Assignment List"
	@echo "make build   make source/, release/ and solutions/ from notebooks/"
	@echo "make docs    the course to read and all documentation, in docs/_build/html"
	@echo "make test    everything that has to hold: lint, types, tests, solutions re-run, nothing stale"
	@echo "make test-learner  what needs neither Linux nor the box: the lessons, the tutor"
	@echo "make test-hub  a class on a JupyterHub, in a browser; as root"
	@echo "make test-browser  the same in the hands: JupyterLab driven by Chromium"
	@echo "make test-processors  the solutions and the right answers on other processors, emulated"
	@echo "make bench   grade the same class with stock nbgrader and with Slopewise, and compare"
	@echo "make mutants what the grader makes of the known answers and of mutants of the solutions"
	@echo "make lock    write the locks anew, with hashes, from pyproject.toml"
	@echo "make clean   remove the environment and the demo"

# What installing copies out of the package, instead of reading it where it is.
COPIED := src/slopewise/lab/jupyter_server_config.json \
	$(shell find src/slopewise/lab/labextensions -type f)

.venv/.installed: pyproject.toml $(wildcard requirements*.lock) tools/install.sh tools/torch.sh $(COPIED)
	@tools/install.sh

demo: .venv/.installed
	@$(BIN)/slopewise demo

build: .venv/.installed
	@$(BIN)/slopewise build

lab: .venv/.installed
	@$(BIN)/slopewise lab

# SOLUTIONS=0 leaves the folded solutions out. Anything Sphinx warns of is an error.
docs: .venv/.installed
	@PYTHONPATH=docs/extensions $(BIN)/python -m slopewise_docs.reference docs/reference.md
	@$(BIN)/sphinx-build -q -W --keep-going -n -D slopewise_solutions=$(or $(SOLUTIONS),1) docs docs/_build/html
	@echo "docs/_build/html/index.html"

lint: .venv/.installed
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

# nbval runs by itself: pytest's settings for our own tests are not meant for notebooks.
nbval: .venv/.installed
	@$(BIN)/python -m pytest -q -c tools/nbval.ini --rootdir . --nbval --nbval-current-env solutions

test: lint nbval
	@tools/system-packages.sh bubblewrap
	@$(BIN)/slopewise build --check
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --max-worker-restart 0

# What a learner relies on, on any system; where there is no make: python -m tools.learner
test-learner: .venv/.installed
	@$(BIN)/python -m tools.learner

# A file of browser tests is one person's way through; its tests are steps and stay in order.
test-browser: .venv/.installed
	@tools/system-packages.sh bubblewrap chromium nodejs npm
	@tools/node-packages.sh
	@$(BIN)/python -m pytest -q -o addopts= --maxfail=1 tests/browser

# A gradebook on a real PostgreSQL that two graders use at once.
test-server: .venv/.installed
	@tools/system-packages.sh bubblewrap postgresql
	@$(BIN)/python -m pytest -q -o addopts= tests/server

# A class on a JupyterHub: its proxy, two learners, an instructor, Chromium. As root, for the accounts.
test-hub: .venv/.installed
	@tools/system-packages.sh bubblewrap chromium nodejs npm
	@tools/node-packages.sh
	@$(BIN)/python -m pytest -q -o addopts= --maxfail=1 tests/hub

# Models of qemu-x86_64, as PROCESSORS="Haswell Nehalem EPYC"; or PROCESSORS=arm64, whose packages are
# fetched into build/arm64 first (gigabytes, once; tools/arm64.py). See tools/processors.py.
PROCESSORS ?= Haswell Nehalem EPYC
test-processors: .venv/.installed
	@tools/system-packages.sh qemu-user
	@$(BIN)/python -m tools.processors $(PROCESSORS)

# Long, see the README: stock nbgrader has to grade the same 260 notebooks.
bench: .venv/.installed
	@$(BIN)/python -m benchmarks.grading
	@$(BIN)/python -m benchmarks.loop
	@$(BIN)/python -m benchmarks.growth
	@$(BIN)/python -m benchmarks.feedback
	@$(BIN)/python -m benchmarks.large_class
	@$(BIN)/python -m benchmarks.pictures

mutants: .venv/.installed
	@$(BIN)/slopewise matrix --mutants

lock:
	@tools/lock.sh

clean:
	rm -rf .venv build/arm64 demo docs/_build docs/course

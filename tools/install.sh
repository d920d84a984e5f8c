#!/bin/sh
# Make or refresh the environment in .venv; called by the Makefile. Says in one line what is missing.
set -eu

say() { printf 'slopewise: %s\n' "$1" >&2; }
give_up() { say "$1"; exit 1; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    [ -n "$python" ] || give_up "needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        give_up "$python has no venv module; install it (Debian, Ubuntu: apt-get install python3-venv)"
    say "making the environment in .venv with $("$python" --version)"
    "$python" -m venv .venv || { rm -rf .venv; give_up "the environment could not be made; see the lines above"; }
fi

pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }

say "installing (the first time takes some minutes)"
if [ -n "${TORCH_INDEX:-}" ]; then
    pip install --constraint requirements.lock --index-url "$TORCH_INDEX" torch ||
        give_up "torch could not be installed from TORCH_INDEX=$TORCH_INDEX; check the address"
fi
pip install --constraint requirements.lock --editable '.[dev,browser]' ||
    give_up "the packages could not be installed; see the lines above (network? disk?)"
touch .venv/.installed

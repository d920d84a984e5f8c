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
# What is not in the locks, or has another hash, is not installed. Nothing is resolved: the locks hold
# all that is needed, and `pip check` says so.
pip install --require-hashes --no-deps --requirement requirements.lock ||
    give_up "the packages could not be installed; see the lines above (network? disk?)"
tools/torch.sh . || exit 1
pip install --no-deps --no-build-isolation --editable . ||
    give_up "Slopewise itself could not be installed; see the lines above"
pip check || give_up "the installed packages do not fit together; see the lines above"
touch .venv/.installed

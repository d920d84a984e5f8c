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

# What is not in the locks, or has another hash, is not installed. Nothing is resolved: the locks hold
# all that is needed, and `pip check` says so.
locked() { pip install --require-hashes --no-deps "$@"; }

say "installing (the first time takes some minutes)"
locked --requirement requirements.lock ||
    give_up "the packages could not be installed; see the lines above (network? disk?)"
if [ -n "${TORCH_INDEX:-}" ]; then
    # Whoever names an index trusts it: the hashes of its builds are its own.
    pip install --no-deps --index-url "$TORCH_INDEX" \
        "$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements-torch.lock)" ||
        give_up "torch could not be installed from TORCH_INDEX=$TORCH_INDEX; check the address"
# The small build first, where pip finds it (its settings name a place); else the default index's. pip
# asked for either at once would take the default index's, which is gigabytes on Linux.
elif ! locked --requirement requirements-torch-cpu.lock 2>/dev/null; then
    locked --requirement requirements-torch.lock ||
        give_up "torch could not be installed; see the lines above (network? disk?)"
fi
if .venv/bin/python -c 'import sys, importlib.metadata as m
sys.exit(not any(name.startswith(("nvidia", "cuda")) for name in m.requires("torch") or ()))'; then
    locked --requirement requirements-cuda.lock ||
        give_up "what torch needs for GPUs could not be installed; see the lines above"
fi
pip install --no-deps --no-build-isolation --editable . ||
    give_up "Slopewise itself could not be installed; see the lines above"
pip check || give_up "the installed packages do not fit together; see the lines above"
touch .venv/.installed

#!/bin/sh
# Install torch as the locks have it; called by tools/install.sh and, for arm64, by tools/arm64.py.
#
#   tools/torch.sh LOCKS [OPTION...]
#
# LOCKS is the folder that the locks lie in, an OPTION one of pip's. TARGET, where it is set, is the
# folder to install into; otherwise the environment in .venv is.
set -eu

say() { printf 'slopewise: %s\n' "$1" >&2; }
give_up() { say "$1"; exit 1; }

locks=$1
shift
pip() {
    .venv/bin/python -m pip --disable-pip-version-check --quiet install --no-deps \
        ${TARGET:+--target "$TARGET"} "$@"
}

if [ -n "${TORCH_INDEX:-}" ]; then
    # Whoever names an index trusts it: the hashes of its builds are its own.
    pip --index-url "$TORCH_INDEX" "$@" \
        "$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' "$locks/requirements-torch.lock")" ||
        give_up "torch could not be installed from TORCH_INDEX=$TORCH_INDEX; check the address"
# The small build first, where pip finds it (its settings name a place); else the default index's. pip
# asked for either at once would take the default index's, which is gigabytes on Linux.
elif ! pip --require-hashes "$@" --requirement "$locks/requirements-torch-cpu.lock" 2>/dev/null; then
    pip --require-hashes "$@" --requirement "$locks/requirements-torch.lock" ||
        give_up "torch could not be installed; see the lines above (network? disk?)"
fi
if PYTHONPATH=${TARGET:-} .venv/bin/python -c 'import sys, importlib.metadata as m
sys.exit(not any(name.startswith(("nvidia", "cuda")) for name in m.requires("torch") or ()))'; then
    pip --require-hashes "$@" --requirement "$locks/requirements-cuda.lock" ||
        give_up "what torch needs for GPUs could not be installed; see the lines above"
fi

#!/bin/sh
# Write the locks anew: the newest versions that pyproject.toml allows, for every Python and system
# it names, with the hashes of all files of each release. The package index that pip uses by default
# is asked; its address is not written down.
#
#   requirements.lock            everything but torch
#   requirements-torch.lock      torch as the default index has it: on Linux with GPU support
#   requirements-cuda.lock       what only that build needs (Linux)
#   requirements-torch-cpu.lock  torch's small build for Linux, from wherever pip finds it here
#
# The CPU build comes from elsewhere (TORCH_INDEX, pip's own settings), a file for each Python: the
# one for this machine's is added, those added earlier for the same version stay.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Not the environment in .venv: what pyproject.toml asks for now may not be in the old locks.
"${PYTHON:-python3}" -m venv "$folder/venv"
pip() { "$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
pip install uv
"$folder/venv/bin/uv" pip compile --quiet pyproject.toml --extra dev --extra browser \
    --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --output-file "$folder/all" "$@"

head_line() { echo "# Exact versions and hashes, written by \`make lock\`: $1"; }

# An entry is a line that begins with a name, and the indented lines after it.
entries() { awk -v names="$1" -v want="$2" '/^[^ ]/ { found = ($0 ~ names) } found == want' "$folder/all"; }

torch='^torch=='
cuda='^(nvidia-|cuda-|triton==)'

{ head_line "torch"; entries "$torch" 1; } > "$folder/requirements-torch.lock"
{ head_line "what torch's build with GPU support needs"; entries "$cuda" 1; } \
    > "$folder/requirements-cuda.lock"
{ head_line "everything but torch"; entries "$torch|$cuda" 0; } > "$folder/requirements.lock"

cpu=requirements-torch-cpu.lock
pin="$(sed -n 's/^\(torch==[^ ]*\).*/\1/p' "$folder/requirements-torch.lock")+cpu"
if pip download --no-deps ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} --dest "$folder" "$pin"; then
    {
        "$folder/venv/bin/python" -m pip hash "$folder"/torch-*.whl | grep '^--hash'
        if grep -q "^$pin " "$cpu" 2>/dev/null; then grep -o -e '--hash=[^ ]*' "$cpu"; fi
    } | sort -u | sed 's/^/    /; $!s/$/ \\/' > "$folder/hashes"
    { head_line "torch without GPU support, for Linux"; echo "$pin \\"; cat "$folder/hashes"; } \
        > "$folder/$cpu"
else
    grep -q "^$pin " "$cpu" || {
        echo "slopewise: no CPU build $pin found here; name its index: make lock TORCH_INDEX=https://…" >&2
        exit 1
    }
    echo "slopewise: no CPU build of torch found here; $cpu stays as it is" >&2
    cp "$cpu" "$folder/"
fi

for name in requirements.lock requirements-torch.lock requirements-cuda.lock "$cpu"; do
    mv "$folder/$name" "$name"
done

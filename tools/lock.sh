#!/bin/sh
# Write requirements.lock anew: the exact versions that a fresh install of pyproject.toml gives now.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check install --editable '.[dev,browser]'
{
    echo "# Exact versions, written by \`make lock\`. Given to pip as constraints."
    "$folder/venv/bin/python" -m pip freeze --exclude-editable --exclude slopewise |
        sed 's/^\(torch==[0-9.]*\)+.*/\1/'  # the CPU build and the full build are one version
} > "$folder/requirements.lock"
mv "$folder/requirements.lock" requirements.lock

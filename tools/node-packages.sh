#!/bin/sh
# Install what tests need from npm into build/node, in the versions and with the hashes that
# tools/node/package-lock.json names; not again while that is the same.
#
#   configurable-http-proxy   JupyterHub's proxy, for `make test-hub`
#   axe-core                  looks at pages for what shuts people out, for `make test-browser`
set -eu
cd "$(dirname "$0")/.."

give_up() { echo "slopewise: $1" >&2; exit 1; }

cmp -s tools/node/package-lock.json build/node/installed && exit 0
for program in node npm; do
    command -v "$program" >/dev/null 2>&1 ||
        give_up "needs node and npm; install them first (Debian, Ubuntu: sudo apt-get install nodejs npm)"
done
mkdir -p build/node
cp tools/node/package.json tools/node/package-lock.json build/node/
echo "slopewise: installing what tests need from npm" >&2
npm ci --prefix build/node --no-audit --no-fund --ignore-scripts --loglevel=error \
    >build/node/npm.log 2>&1 || {
    tail -n 3 build/node/npm.log >&2
    give_up "the packages could not be installed; see the lines above (network?)"
}
cp tools/node/package-lock.json build/node/installed

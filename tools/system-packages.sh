#!/bin/sh
# Install the named system packages where they are missing; called by make and .ci/run.
#
#   tools/system-packages.sh bubblewrap chromium postgresql
#
# Only as root (a container, CI) and only with apt-get; otherwise it says in one line what to do.
set -eu

present() {
    case $1 in
        bubblewrap) command -v bwrap ;;
        chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb || command -v initdb ;;
        nodejs) command -v node ;;
        npm) command -v npm ;;
        qemu-user) command -v qemu-x86_64 && command -v qemu-aarch64 ;;
        *) false ;;
    esac >/dev/null 2>&1
}

missing=""
for package in "$@"; do
    present "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "slopewise: needs$missing; install it first (Debian, Ubuntu: sudo apt-get install$missing)" >&2
    exit 1
fi
echo "slopewise: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# shellcheck disable=SC2086  # the names are words of their own
if ! { apt-get update -qq && apt-get install -y -qq $missing; } >"$log" 2>&1; then
    tail -n 3 "$log" >&2
    echo "slopewise:$missing could not be installed; see the lines above" >&2
    exit 1
fi
rm -f "$log"

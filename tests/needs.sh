#!/bin/sh
# See that the tests have what Python cannot bring: a PostgreSQL server and Chromium.
# On Debian they are installed if we may; elsewhere one line says what is missing.
set -eu

has_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
        [ -n "${DATABASE_URL:-}" ]
}

has_chromium() {
    for name in chromium chromium-browser google-chrome; do
        ! command -v "$name" >/dev/null 2>&1 || return 0
    done
    return 1
}

missing=
has_postgresql || missing="$missing postgresql"
has_chromium || missing="$missing chromium"
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root=no
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need what this machine lacks:$missing (on Debian: apt-get install$missing)." >&2
    exit 1
fi

# Debian would make and start a server of its own; the tests start theirs.
folder=/etc/postgresql-common/createcluster.d
no_server=$folder/tests-need-no-server.conf
cleanup() {
    $as_root rm -f "$no_server"
    [ ! -d "$folder" ] || $as_root rmdir --ignore-fail-on-non-empty "$folder"
}
trap cleanup EXIT
$as_root mkdir -p "$folder"
echo "create_main_cluster = false" | $as_root tee "$no_server" >/dev/null

echo "Installing$missing …"
log=$(mktemp)
# shellcheck disable=SC2086 -- a list of words is meant
if ! { $as_root apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "apt-get could not install$missing; please do it by hand." >&2
    exit 1
fi
rm -f "$log"

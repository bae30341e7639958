#!/bin/sh
# See that the tests have what Python cannot bring: a PostgreSQL server, Chromium, and nginx.
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

has_nginx() {
    [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null 2>&1
}

needed=
has_postgresql || needed="$needed postgresql"
has_chromium || needed="$needed chromium"
# Wanted alone: without nginx the tests of the proxy are skipped, and say so. Not where systemd
# would serve pages with it from the next start of the machine on.
wanted=
has_nginx || [ -d /run/systemd/system ] || wanted="nginx-light libnginx-mod-http-brotli-static"
[ -n "$needed$wanted" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root=no
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null 2>&1; then
    [ -n "$needed" ] || exit 0
    echo "The tests need what this machine lacks:$needed (on Debian: apt-get install$needed)." >&2
    exit 1
fi

# Debian would make and start servers of its own; the tests start theirs.
folder=/etc/postgresql-common/createcluster.d
no_cluster=$folder/tests-need-no-server.conf
no_start=/usr/sbin/policy-rc.d
[ ! -e "$no_start" ] || no_start=
log=$(mktemp)
cleanup() {
    rm -f "$log"
    $as_root rm -f "$no_cluster" ${no_start:+"$no_start"}
}
trap cleanup EXIT
$as_root mkdir -p "$folder"
echo "create_main_cluster = false" | $as_root tee "$no_cluster" >/dev/null
if [ -n "$no_start" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$no_start" >/dev/null
    $as_root chmod +x "$no_start"
fi

install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --no-install-recommends "$@" >>"$log" 2>&1
}

# shellcheck disable=SC2086 -- lists of words are meant
{
    echo "Installing$needed${wanted:+ $wanted} …"
    $as_root apt-get update -qq >"$log" 2>&1 || true
    if [ -n "$needed" ] && ! install $needed; then
        tail -n 20 "$log" >&2
        echo "apt-get could not install$needed; please do it by hand." >&2
        exit 1
    fi
    [ -z "$wanted" ] || install $wanted ||
        echo "apt-get could not install $wanted; the tests of the proxy are skipped." >&2
}

#!/bin/sh
# Makes .venv with the locked dependencies, and finds or installs a browser.
# Where that is done already, it says so within a second. Interrupt it at any time: what is
# half done does not count. `make` calls it.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

LOCK=requirements/locked.txt
STAMP=.venv/setup-done
PYTHONS="python3 python3.14 python3.13 python3.12 python3.11"

say() { printf '%s\n' "setup: $*"; }
die() { printf '%s\n' "setup: $*" >&2; exit 1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# What the environment was made for: another interpreter, lock or folder needs another one.
key() {
    "$1" -c '
import hashlib, os, pathlib, platform, sys
lock = hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest()
print(platform.python_implementation(), platform.python_version(), platform.machine(), lock, os.getcwd())
' "$LOCK"
}

is_done() {
    [ -f "$STAMP" ] || return 1
    for python in .venv/bin/python ${PYTHON:+"$PYTHON"}; do
        now=$(key "$python" 2>/dev/null) && [ "$now" = "$(cat "$STAMP")" ] || return 1
    done
}

# Prints the path of the first Python that is new enough; of an active environment, the Python behind it.
find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- $PYTHONS; fi
    for name in "$@"; do
        "$name" -c '
import sys
if sys.version_info < (3, 11):
    raise SystemExit(1)
print(getattr(sys, "_base_executable", None) or sys.executable)
' 2>/dev/null && return
    done
    return 1
}

# Debian splits the part of Python that makes environments into a package of its own.
need_venv() {
    "$1" -c 'import venv, ensurepip' 2>/dev/null && return
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if command -v apt-get >/dev/null && is_root; then
        say "installing $package"
        apt-get -qq update || say "apt-get update failed"
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$package" >/dev/null || true
        "$1" -c 'import venv, ensurepip' 2>/dev/null && return
    fi
    die "$1 cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install $package"
}

install_locked() {
    for attempt in 1 2 3; do
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --retries 5 \
            --no-deps --require-hashes -r "$LOCK" && return
        say "the package index failed (attempt $attempt of 3)"
        sleep "$attempt"
    done
    die "cannot install the dependencies; look at the lines above, then run the same command again"
}

make_environment() {
    python=$(find_python) || die "no Python 3.11 or newer among: ${PYTHON:-$PYTHONS}.
       Debian 12, Ubuntu 24.04 and newer: sudo apt-get install python3 python3-venv
       macOS: brew install python@3.13
       Elsewhere: name one with PYTHON=/path/to/python3"
    need_venv "$python"
    say "making .venv with $("$python" -V) and installing the locked dependencies (one or two minutes)"
    rm -rf .venv
    "$python" -m venv .venv || die "cannot make .venv; look at the lines above"
    install_locked
    key .venv/bin/python >"$STAMP.part"
    mv "$STAMP.part" "$STAMP"
}

# Reads text in pictures. Nothing depends on it: where it cannot be had, pictures are not read.
want_reader() {
    command -v tesseract >/dev/null && return
    command -v apt-get >/dev/null && is_root || return 0
    say "installing tesseract-ocr, which reads text in pictures (optional)"
    packs="tesseract-ocr tesseract-ocr-jpn tesseract-ocr-kor tesseract-ocr-chi-sim tesseract-ocr-rus tesseract-ocr-ara"
    # shellcheck disable=SC2086 # a list
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
        timeout 180 apt-get -qq install -y --no-install-recommends $packs >/dev/null; } ||
        say "tesseract-ocr cannot be installed now; \`scrapy doctor\` says how to do it later"
}

if is_done; then
    say "environment: .venv is there"
else
    make_environment
    want_reader
    say "environment: .venv is ready"
fi
.venv/bin/python -m mantis_crawler.browser.find --install

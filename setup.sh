#!/usr/bin/env bash
# Makes the virtual environment that everything runs in. Does nothing when it is already right.
#
#   ./setup.sh               what grading needs
#   ./setup.sh --workbench   also what the pages of `python -m autograder serve` need
#   ./setup.sh --dev         also that, and what the tests need
#
# On Gradescope the platform runs `bash setup.sh` as root while it builds the image. There the system's python3 belongs to
# the platform: it is never changed, and the environment lives beside the source, in /autograder/venv. Nothing that only the
# installation needs stays in the image: no cache, no package lists, nothing in /tmp.
set -euo pipefail

oldest_minor=11  # Python 3.11

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
venv=$root/.venv on_platform=
case "$root" in */autograder/source) venv=${root%/source}/venv on_platform=yes ;; esac
# Further places to look for packages, as `build --index` wrote them into the zip; the machine's own settings count as well.
if [ -f "$root/pip.conf" ]; then export PIP_CONFIG_FILE=$root/pip.conf; fi
if [ "$on_platform" ]; then export PIP_NO_CACHE_DIR=1; fi

locks=("$root/requirements.lock")
case "${1-}" in
    "") ;;
    --workbench) locks+=("$root/requirements-workbench.lock") ;;
    --dev) locks+=("$root/requirements-workbench.lock" "$root/requirements-dev.lock") ;;
    *) fail "unknown argument '$1'; use ./setup.sh, ./setup.sh --workbench or ./setup.sh --dev." ;;
esac

# One stamp per lock file, with its very content, so that no hashing program is needed to compare it.
stamp_of() { printf '%s/.installed-%s' "$venv" "$(basename -- "$1" .lock)"; }
wanted() { "$venv/bin/python" -I -V && cat -- "$1"; }
is_current() {
    local lock
    for lock in "${locks[@]}"; do
        [ -f "$(stamp_of "$lock")" ] && [ "$(wanted "$lock" 2>/dev/null)" = "$(cat -- "$(stamp_of "$lock")")" ] || return 1
    done
}
write_stamps() {
    local lock
    for lock in "${locks[@]}"; do
        wanted "$lock" >"$venv/.stamp" && mv -f -- "$venv/.stamp" "$(stamp_of "$lock")"
    done
}

is_new_enough() { "$1" -I -c "import sys; sys.exit(sys.version_info < (3, $oldest_minor))" >/dev/null 2>&1; }
can_make_venvs() { "$1" -I -c 'import ensurepip, venv' >/dev/null 2>&1; }

# A name on PATH may be a shim of a version that is not installed, so each candidate is run, not only looked up.
find_python() {
    local candidate
    for candidate in ${AUTOGRADER_PYTHON:+"$AUTOGRADER_PYTHON"} python3.11 python3.12 python3.13 python3 python3.14; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

may_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }
apt_install() {
    say "installing $* with apt-get."
    { DEBIAN_FRONTEND=noninteractive apt-get update -q &&
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } >&2
    if [ "$on_platform" ]; then apt-get clean && rm -rf /var/lib/apt/lists/*; fi
}

what_was_found() {
    local version
    version=$(python3 -I -V 2>&1) || version="no working python3"
    printf '%s' "$version"
}

choose_python() {
    if ! python=$(find_python); then
        # Installed beside the system's python3, which keeps its name and version.
        if may_use_apt; then apt_install "python3.$oldest_minor" "python3.$oldest_minor-venv" || true; fi
        python=$(find_python) || fail "Python 3.$oldest_minor or newer is needed and $(what_was_found) was found;" \
            "install python3.$oldest_minor, or name one in AUTOGRADER_PYTHON."
    fi
    if ! can_make_venvs "$python"; then
        local version
        version=$("$python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if may_use_apt; then apt_install "python$version-venv" || true; fi
        can_make_venvs "$python" || fail "$python cannot make virtual environments; install the package" \
            "python$version-venv (as root: apt-get install python$version-venv)."
    fi
}

make_environment() {
    if [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" && "$venv/bin/python" -I -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    choose_python
    say "making $venv with $("$python" -I -V)."
    "$python" -I -m venv --clear "$venv" || fail "could not make the virtual environment $venv; is the folder writable?"
}

install_packages() {
    local lock log=$venv/install.log arguments=()
    for lock in "${locks[@]}"; do arguments+=(--requirement "$lock"); done
    say "installing the pinned packages; the first time takes some minutes (log: $log)."
    if ! "$venv/bin/python" -I -m pip install --disable-pip-version-check --no-input "${arguments[@]}" >"$log" 2>&1; then
        tail -n 20 -- "$log" >&2
        fail "the packages could not be installed; the reason stands above and in $log. Run setup.sh again once it is mended."
    fi
}

# Ubuntu 22.04 offers a release candidate of Python 3.11. It lacks two functions of the release, without which torch cannot
# train anything; as in that version there is no limit that they could tell.
complete_python() {
    "$venv/bin/python" -I -c '
import sys, sysconfig
from pathlib import Path
if not hasattr(sys, "get_int_max_str_digits"):
    line = "import sys; sys.get_int_max_str_digits = lambda: 0; sys.set_int_max_str_digits = lambda maxdigits: None"
    Path(sysconfig.get_path("purelib"), "release_candidate.pth").write_text(line + "\n")'
}

# Each submission is graded in a fresh copy of the image: what is not compiled in it is compiled for every one of them.
compile_sources() {
    "$venv/bin/python" -I -m compileall -q "$root/autograder" "$root/reference" ||
        say "not every file could be compiled; the reason stands above, and grading says it again where it matters."
}

# What is broken must stop the image from being built, not greet the first student: the packages, and the sandbox with torch.
try_imports() {
    "$venv/bin/python" -I -c '
import sys
sys.path.insert(0, sys.argv[1])
import flint, matplotlib, numpy, sympy, torch
import autograder.cli
from autograder.sandbox import Sandbox
Sandbox.start(("torch", "matplotlib")).close()' "$root" || fail "the packages were installed but cannot be used; the reason stands above."
}

# Student code is run as other users, who are to find neither keys nor the course's secret, whatever the kernel offers.
if [ "$on_platform" ]; then
    chmod 700 -- "$root"
    for key in "$root"/*/*/secret.key; do if [ -f "$key" ]; then chmod 600 -- "$key"; fi; done
fi

if is_current; then exit 0; fi
# Two runs at once must not install over each other; the second finds everything done.
if command -v flock >/dev/null 2>&1; then
    exec 9<"$root"
    flock 9
    if is_current; then exit 0; fi
fi
make_environment
complete_python
# From here until the end an interruption leaves no stamp, and the next run installs again.
rm -f -- "$venv"/.installed-*
install_packages
if [ "$on_platform" ]; then compile_sources; fi
try_imports
write_stamps
if [ "$on_platform" ]; then say "the environment takes $(du -sm -- "$venv" | cut -f1) MB of the image."; fi
say "ready."

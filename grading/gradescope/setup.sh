#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the container.
# It installs Python's packages by their hashes, marks the reference notebook, and closes folders to students.
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOM=/opt/marking

stop() {
    echo "Stopped: $1" >&2
    exit 1
}

# A Python that can run the course. In a box without namespaces it runs as another user, so all may read it.
find_python() {
    for each in python3.13 python3.12 python3.11 python3; do
        if "$each" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$each"
            return
        fi
    done
    return 1
}

install() {
    command -v apt-get >/dev/null && apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

command -v apt-get >/dev/null && { apt-get update -qq || true; }
find_python >/dev/null || install python3.12 python3.12-venv || install python3.11 python3.11-venv || install python3 python3-venv || true
PYTHON="$(find_python)" || stop "there is no Python 3.11 or later here. Choose a newer base image in Gradescope."
# The best box needs it. Where it cannot be had, or may not make namespaces, another user is the box.
command -v bwrap >/dev/null || install bubblewrap || echo "bubblewrap is not there: submissions run as another user."

"$PYTHON" -m venv "$ROOM/python"
"$ROOM/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps \
    --require-hashes --requirement "$SOURCE/requirements.lock"
"$ROOM/python/bin/python" -m compileall -q "$SOURCE/code" || true
MPLCONFIGDIR="$ROOM/matplotlib" "$ROOM/python/bin/python" -c 'import matplotlib.font_manager'

# Nobody but root enters the folder. What a box is shown of the code, its user must be able to read.
chmod -R a+rX "$SOURCE/code"
chmod go= "$SOURCE"
# What students can write is in few places.
find / -xdev -type d -perm -0002 ! -path /tmp ! -path '/proc/*' ! -path '/dev/*' -exec chmod o-w {} + || true

"$SOURCE/run_autograder" --check || stop "the reference notebook does not get full marks in this container."

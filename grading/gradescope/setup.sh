#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the container.
# It installs Python's packages by their hashes, marks the reference notebook, and closes folders to students' code.
set -euo pipefail
umask 022
export DEBIAN_FRONTEND=noninteractive
SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOM=/opt/marking

stop() {
    echo "Stopped: $1" >&2
    exit 1
}

# Find a Python that can run the course. All users may read it: without namespaces, a box is another user.
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
# The best box needs bubblewrap. If it cannot be installed, or may not make namespaces, the box is another user.
command -v bwrap >/dev/null || install bubblewrap || echo "bubblewrap is not there: submissions run as another user."

"$PYTHON" -m venv "$ROOM/python"
"$ROOM/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps \
    --require-hashes --requirement "$SOURCE/requirements.lock"
"$ROOM/python/bin/python" -m compileall -q "$SOURCE/code" || true
MPLCONFIGDIR="$ROOM/matplotlib" "$ROOM/python/bin/python" -c 'import matplotlib.font_manager'

# Only root may enter the folder. The user of a box must be able to read its copy of the code.
chmod -R a+rX "$SOURCE/code"
chmod go= "$SOURCE"
# Leave only a few places where students' code can write.
find / -xdev -type d -perm -0002 ! -path /tmp ! -path '/proc/*' ! -path '/dev/*' -exec chmod o-w {} + || true

"$SOURCE/run_autograder" --check || stop "the reference notebook does not get full marks in this container."

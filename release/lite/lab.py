"""JupyterLab as a folder of files: its settings, the notebooks, and only parts that a notebook needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from release.lite.fetching import PYTHON, ROOT
from release.lite.wheels import COURSE

SETTINGS = ROOT / "etc" / "jupyter" / "labconfig"
NOTEBOOKS = ROOT / "notebooks"
EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
KERNELSPEC = "python3"  # the kernel's name in the notebooks, both here and in JupyterLab on a computer
# The date of every file, so that two builds give the same bytes. The list of files shows it.
DATE = os.environ.get("SOURCE_DATE_EPOCH", "1767225600")
# Files of JupyterLite's build that no page uses: its configuration, and fonts in a second format.
UNUSED = ("*.config*.js", "doc", "lab/favicon.ico", "build/*.svg")
STARTUP = f"/lib/python{PYTHON}/site-packages/soft_assignments_browser/startup.py"
PRELOADED = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", COURSE]


def build_lab(folder: Path, assignments: Sequence[str]) -> None:
    """Build JupyterLite with the notebooks of these assignments into the folder."""
    with tempfile.TemporaryDirectory() as made:
        lite = Path(made)
        write_settings(lite, assignments)
        _run_build(lite, folder)
    for pattern in UNUSED:
        for path in sorted(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_settings(lite: Path, assignments: Sequence[str]) -> None:
    """Write the files that JupyterLite's build reads."""
    _write(
        lite / "jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": page_config()}
    )
    shutil.copy(SETTINGS / "default_setting_overrides.json", lite / "overrides.json")
    for name in assignments:
        target = lite / "contents" / name
        target.mkdir(parents=True)
        shutil.copy(NOTEBOOKS / name / f"{name}.ipynb", target)


def page_config() -> dict:
    """Return the page's settings for JupyterLab: the kernel, its files, the extensions that are off."""
    students = json.loads((SETTINGS / "page_config.json").read_text(encoding="utf-8"))
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": PRELOADED, "env": {"PYTHONSTARTUP": STARTUP}},
    }
    return {
        "appName": "Soft Assignments",
        "exposeAppInBrowser": True,  # the message about storage and the tests use it
        "faviconUrl": "./icon-120x120.png",
        "defaultKernelName": KERNELSPEC,
        "litePluginSettings": {KERNEL: kernel},
        "disabledExtensions": [name for name, off in students["disabledExtensions"].items() if off],
    }


def build_config(lite: Path, folder: Path) -> dict:
    """Return the settings of JupyterLite's build: only the lab, with three extensions."""
    extensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    asked = {
        "apps": ["lab"],
        "contents": [str(lite / "contents")],
        "federated_extensions": [str(extensions / name) for name in EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(folder),
    }
    return {"LiteBuildConfig": asked}


def _run_build(lite: Path, folder: Path) -> None:
    _write(lite / "jupyter_lite_config.json", build_config(lite, folder))
    env = {**os.environ, "SOURCE_DATE_EPOCH": DATE, "JUPYTER_CONFIG_DIR": str(lite / "config")}
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=lite, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"JupyterLite could not be built:\n{(done.stderr or done.stdout)[-2000:]}")


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")

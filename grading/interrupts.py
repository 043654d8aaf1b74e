"""Signals that end a run as Ctrl + C does: the run prints how far it is, and leaves nothing running."""

from __future__ import annotations

import signal

# `kill`, `timeout`, systemd and Slurm send SIGTERM. A terminal that is closed sends SIGHUP.
ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def heed_all() -> None:
    """Let these signals raise KeyboardInterrupt, unless this process ignores them, as under `nohup`."""
    for each in ENDS:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, signal.default_int_handler)


def heed_none() -> None:
    """In a child process, ignore Ctrl + C, which the parent handles. Let SIGTERM and SIGHUP end the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDS:
        signal.signal(each, signal.SIG_DFL)

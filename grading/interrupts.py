"""What else ends a run, as Ctrl + C does: the run says how far it came, and leaves nothing running."""

from __future__ import annotations

import signal

# `kill`, `timeout`, systemd and Slurm send the first; a terminal that is closed sends the second.
ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def heed_all() -> None:
    """Let KeyboardInterrupt be raised by each, unless it is ignored here, as below `nohup`."""
    for each in ENDS:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, signal.default_int_handler)


def heed_none() -> None:
    """In a child process: ignore Ctrl + C, which the parent heeds; let SIGTERM and SIGHUP end the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDS:
        signal.signal(each, signal.SIG_DFL)

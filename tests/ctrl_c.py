"""Ctrl + C for programs that tests start."""

import signal


def heed_ctrl_c():
    """Let the calling program react to Ctrl + C.

    Where the tests run in the background of a shell, a program that they start would ignore Ctrl + C. Under
    `nohup` it would also ignore that a terminal was closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

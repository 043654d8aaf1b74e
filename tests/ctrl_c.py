"""Ctrl + C for programs that tests start."""

import signal


def heed_ctrl_c():
    """Called in such a program: it would ignore Ctrl + C where the tests run in the background of a shell.

    Under `nohup` it would ignore that a terminal was closed, too.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

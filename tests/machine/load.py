"""Load a module into the kernel, because a machine may have no program for this."""

import ctypes
import os
import sys

FINIT_MODULE = 313  # the number of this system call on x86_64
with open(sys.argv[1], "rb") as file:
    if ctypes.CDLL(None, use_errno=True).syscall(FINIT_MODULE, file.fileno(), b"", 0):
        raise OSError(ctypes.get_errno(), f"the kernel does not load {sys.argv[1]}")
os.sync()

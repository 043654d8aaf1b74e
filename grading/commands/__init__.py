"""The commands of `python -m grading`, one module each: HELP, arguments(parser), and call(args).

A module imports what it needs inside `call`, so that `--help` and a wrong option are answered at once.
"""

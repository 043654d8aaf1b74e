"""The commands of `python -m grading`, a module for each: HELP, arguments(parser), and call(args).

A module imports what it needs inside `call`: `--help` and a wrong option must answer at once.
"""

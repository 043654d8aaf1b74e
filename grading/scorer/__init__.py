"""The scorer: a trusted process that runs the instructor's test cells, apart from the student's code.

A name that the student defined is a stand-in there (standin.py), which asks the box for plain
values. testcell.py runs a test cell and makes the mark, server.py is the process, itself in a box
without the gradebook, and client.py is how the grader talks to it.
"""

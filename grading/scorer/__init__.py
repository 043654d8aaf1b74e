"""The scorer: a trusted process that runs the instructor's test cells, apart from the student's code.

In the scorer, a name that the student defined is a stand-in (standin.py), which asks the box for plain
values. testcell.py runs a test cell and makes the mark. server.py is the process, which is itself in a box
without the gradebook. client.py sends it the grader's requests.
"""

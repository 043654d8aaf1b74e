"""The class runner: from a folder of submissions to marks, reasons and feedback.

bundle.py holds what an assignment is marked with, and task.py marks one submission with it: a
pure function, whose result depends on nothing but the bytes that it is given and the environment
(environment.py). pool.py runs it in many processes, cluster.py on many machines. gradebook.py and
records.py write what comes back, one submission after the other, and course.py is the whole run.
"""

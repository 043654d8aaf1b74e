"""The class runner: from a folder of submissions to marks, reasons and feedback.

A bundle (bundle.py) has everything that an assignment is marked with. task.py marks one submission with it.
That is a pure function: its result depends only on the bytes that it gets and on the environment
(environment.py). pool.py runs this function in many processes, cluster.py on many machines. gradebook.py and
records.py write the results, one submission after the other. course.py is the whole run.
"""

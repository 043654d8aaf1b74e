"""What an instructor decides about marks after the work was handed in, beside what the grader finds.

The file policies.toml in the course's folder has all of it. read.py reads and checks it, write.py changes it
and keeps what else stands there. policy.py says what a policy is, and counted.py, which is a function of
numbers alone, what a question counts. ledger.py remembers what the gradebook holds without policies;
settle.py puts into it what counts. effects.py has what students are told. change.py is one change, shown
before it is made.
"""

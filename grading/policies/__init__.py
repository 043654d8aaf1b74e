"""The decisions of an instructor about marks after the work was handed in: the policies.

The file policies.toml in the course's folder has all policies. read.py reads and checks it. write.py
changes it, and keeps everything else in it. policy.py says what a policy is. counted.py computes the mark
and the points that count for a question, from numbers alone. ledger.py remembers the gradebook's values
without policies. settle.py writes the values that count into the gradebook. effects.py has the facts that
students are told. verbs.py has the commands. grading/run/change.py shows one change, and then makes it.
"""

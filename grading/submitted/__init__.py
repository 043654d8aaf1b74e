"""Read submitted/: find which student handed in which file. The files may be hostile.

Only this package reads a student's files.

`Inbox` is the entry point. Its steps, in order: tree.py lists names; for it, files.py opens files, archive.py
reads zips, tarball.py reads tars, and foldered.py makes folders of their paths. layout.py finds the student
of each file; platforms.py knows learning platforms, people.py knows students.csv, and sections.py knows parts
of a class. claims.py finds the assignment. choose.py chooses the file that is marked. stamps.py finds the
time of handing in. delivery.py reads the chosen file.

A *lot* is a group of files from one place that belong to one student. A *claim* has all files that a student
may have handed in for one assignment.
"""

"""What lies in submitted/: who handed in what, read as hostile. Nothing else reads a student's files.

`Inbox` is the way in. In the order of its work: tree.py lists names (files.py opens, archive.py looks into
zips, tarball.py into tars), layout.py tells whose everything is (platforms.py knows learning platforms,
people.py students.csv, sections.py parts of a class), claims.py for which assignment, choose.py which file
is marked, stamps.py when it was handed in.
"""

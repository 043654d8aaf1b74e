"""The way from a platform's download to submitted/. The result is shown before anything is written.

One reader, `grading.submitted`, reads both downloads and submitted/. So a download is read as `make grade`
would read it. piles.py reads a download, and lying.py reads the files that are there already. plan.py
decides, writing.py writes, and telling.py prints the table.
"""

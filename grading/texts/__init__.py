"""Texts in other words or in another language: collect the sentences, and keep their catalogues.

collect.py finds every sentence that a student can read. catalogues.py updates and checks
texts/<language>/*.po.
lists.py handles all catalogues of one language. compiled.py writes the files that `check` and the marking
read. twins.py compares a notebook's source in another language with the English source.
"""

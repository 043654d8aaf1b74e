"""Texts in other words or in another language: who collects the sentences, and who keeps the catalogues.

collect.py finds every sentence that a student can read. catalogues.py keeps texts/<language>/*.po up to date
and checks it. compiled.py writes what `check` and the marking read. twins.py compares a notebook's source in
another language with the English one.
"""

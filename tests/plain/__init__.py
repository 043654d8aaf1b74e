"""A lint for plain words: it checks the sentences that people read here against rules and glossary.

`.venv/bin/python tests/plain FILE ...` lists what is wrong in a file, and how long its sentences are.
"""

"""A lint for plain words: what people read here, in sentences, against the rules and the glossary.

`.venv/bin/python tests/plain FILE ...` lists what is wrong in a file, and how long its sentences are.
"""

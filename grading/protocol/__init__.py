"""What both sides of the wall use: nothing here is secret, and nothing of it is trusted.

plain.py turns values into bytes and back. carried.py does it for answers, of which something may be too
large. wire.py carries the bytes. shell.py runs cells and collects what they show, limits.py limits a
process, clock.py says how much time processes had.
"""

"""What both sides of the wall use: nothing here is secret, and nothing of it is trusted.

plain.py turns values into bytes, made.py makes values out of bytes. carried.py sends answers, of which
something may be too large. wire.py carries the bytes. shell.py runs cells and collects what they show,
outputs.py takes that from a box. fit.py and words.py have words for both sides. limits.py limits a
process, clock.py says how much time processes had.

A student's code can change all of this in its own box. So each bound is looked at again by who reads.
"""

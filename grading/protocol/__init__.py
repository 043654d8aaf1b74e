"""The code that both sides of the box use. Nothing here is secret, and no result of it is trusted.

plain.py turns values into bytes. made.py makes values from bytes. carried.py packs answers that may have
parts which are too large. wire.py sends the bytes. shell.py runs cells and collects their outputs.
outputs.py reads the outputs that a box sends. fit.py and words.py have words for both sides. limits.py limits
a process. clock.py says how much time processes had. left_out.py reads which statements a box skipped.

A student's code can change all of this in its own box. So the side that reads checks each limit again.
"""

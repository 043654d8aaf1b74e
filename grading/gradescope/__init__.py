"""Gradescope's autograder: this engine in a zip, and what it tells Gradescope.

packed.py puts an assignment's materials into files and reads them again, packages.py picks the part of the
lock that marking needs, and archive.py writes the zip. In Gradescope's container setup.sh installs,
run_autograder starts container.py, and that marks what lies there by the same steps as `make grade`.
told.py turns the result into Gradescope's results.json (results.schema.json), and plain_html.py turns our
reports into the few elements of HTML that Gradescope shows.
"""

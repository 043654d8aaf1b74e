"""Gradescope's autograder: this engine in a zip, and the results that it returns to Gradescope.

packed.py puts an assignment's materials into files and reads them again. packages.py chooses the part of
the lock that marking needs, and archive.py writes the zip. In Gradescope's container, setup.sh installs
everything. run_autograder starts container.py, which marks a submission by the same steps as `make grade`.
told.py turns the result into Gradescope's results.json (results.schema.json). plain_html.py turns our
reports into the few elements of HTML that Gradescope shows.
"""

"""Sphinx's settings for the docs on the site."""

project = "Soft Assignments"
copyright = "the Soft Assignments authors. Code: BSD 3-Clause; text: CC BY 4.0"  # noqa: A001
extensions = ["myst_parser"]
exclude_patterns = ["conf.py"]
myst_heading_anchors = 4  # links such as trust.md#the-box
html_theme = "furo"
html_title = "Soft Assignments, for instructors"
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False
# In GitHub's Markdown, code blocks without a language are not Python.
highlight_language = "none"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_js_files = ["docs.js"]

"""The connections to other programs: nbgrader's configuration and API, and files for learning platforms."""

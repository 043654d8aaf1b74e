"""The ways in and out: nbgrader's configuration and API, and files for learning platforms."""

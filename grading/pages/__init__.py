"""Pages for people: each one file that stands alone, loads nothing and runs nothing of a submission."""

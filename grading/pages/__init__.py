"""Pages for people. Each page is one file that needs no other file, and runs no code of a submission."""

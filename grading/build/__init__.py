"""The code of `make build`, which writes case files, executed references, and notebooks for students."""

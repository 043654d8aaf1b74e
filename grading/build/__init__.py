"""What `make build` makes: case files, executed references, released notebooks."""

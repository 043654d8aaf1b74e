"""What `make release` puts into dist/: a site, and archives for students and for instructors."""

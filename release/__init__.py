"""The release: `make release` writes a site and archives for students and for instructors into dist/."""

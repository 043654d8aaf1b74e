"""What is made for others to open: the course as a site, as a wheel, as an archive."""

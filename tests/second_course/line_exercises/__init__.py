"""What the instructor's side knows of the second course."""

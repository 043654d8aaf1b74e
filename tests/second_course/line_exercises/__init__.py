"""The instructor's part of the second course."""

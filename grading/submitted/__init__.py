"""What lies in submitted/: who handed in what, read as hostile."""

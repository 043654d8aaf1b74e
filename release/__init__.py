"""What the world sees of the course: each room makes a part of the static site."""

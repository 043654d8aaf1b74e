"""How people get `EM` wrong: a step inside the loop, where it stops, what it returns."""

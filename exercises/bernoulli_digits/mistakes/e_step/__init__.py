"""How people get `e_step` wrong, the E-step of a Bernoulli mixture in the log domain."""

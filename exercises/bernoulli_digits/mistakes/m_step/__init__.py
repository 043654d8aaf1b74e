"""How people get `m_step` wrong, the M-step of a Bernoulli mixture with smoothing."""

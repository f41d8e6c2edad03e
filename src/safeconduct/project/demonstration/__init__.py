"""The demonstration: invented people, a simulated platform and a tour, on this machine only."""

"""What people see on Juniper Square. Small, with a look of its own, and always saying that it is simulated."""

"""Ways to wake people: a signed webhook and electronic mail. Neither says anything but that something is waiting."""

"""Ways to wake people: a signed webhook, a chat room, mail. None says anything but that something is waiting."""

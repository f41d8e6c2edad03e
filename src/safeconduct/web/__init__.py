"""Pages for people: portal (reporters), console (staff), partner, entrance, public. Each can run as its own process."""

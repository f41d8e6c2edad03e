"""The door for staff and partners: signing in and out, joining, one's own key, and signing the roster."""

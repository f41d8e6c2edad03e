"""What every package may rely on: the clock, ids, errors, actors and events. No tables, no Django."""

"""Changes to the tables of the record, in order."""

"""The pages of staff: the queue, the case, what is done for a person and what is decided."""

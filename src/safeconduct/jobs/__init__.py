"""Timed work: rounds that find what is due in each domain's own rows, so that no queue can disagree with them."""

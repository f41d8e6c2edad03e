"""The platform's side of the signed HTTP contract, as an engineer would write it from the guide."""

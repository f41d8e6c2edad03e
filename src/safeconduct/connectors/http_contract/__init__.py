"""The signed HTTP contract that any platform can implement: our client, its schemas, and the conformance test."""

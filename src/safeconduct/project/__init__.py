"""Settings, addresses, and the wiring of ports to connectors and of facts to listeners."""

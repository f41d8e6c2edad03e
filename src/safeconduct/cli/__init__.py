"""The operator's commands. Each topic is a file with an ``app``; ``main`` loads it only when it is asked for."""

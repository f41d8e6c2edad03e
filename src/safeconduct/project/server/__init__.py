"""The embedded server: cheroot, with slow lines kept away from its workers.

A worker is given a request once all of it has been heard, and never waits for its answer to be taken in. Large bodies,
which are pictures, stream through threads of their own. So whoever speaks or reads slowly holds up nobody else.
"""

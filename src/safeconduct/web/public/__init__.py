"""Pages for everybody: what was published, in words and for programs. No sign-in, no cookie, no script."""

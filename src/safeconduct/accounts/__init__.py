"""Staff and partner members: who they are, which keys they hold, how they sign in, and who vouches for their keys."""

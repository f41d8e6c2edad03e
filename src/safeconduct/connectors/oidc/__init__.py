"""OpenID Connect: authorization code with PKCE, and nothing of a token kept but the subject's name.

Owns the talk with a provider: discovery, the way there, the exchange of a code, the proof of an ID token. Never opens
a key, makes a member, or stores a token. In flow a browser's answer and the provider's documents; out flows an
introduction. Only ``project`` may name it; others ask ``connectors.introductions``.
"""

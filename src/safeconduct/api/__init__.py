"""HTTP v1 for partners' own programs. OpenAPI 3.1, problem+json, Bearer tokens."""

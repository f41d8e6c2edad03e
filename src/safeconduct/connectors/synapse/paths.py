"""Where a homeserver's own API begins."""

ADMIN_V1, ADMIN_V2, CLIENT = "_synapse/admin/v1", "_synapse/admin/v2", "_matrix/client/v3"

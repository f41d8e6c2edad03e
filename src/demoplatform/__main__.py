"""``python -m demoplatform``: serve Juniper Square on this computer only."""

import argparse
import sys
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from demoplatform.app import make_app
from demoplatform.contract.signing import Keys
from demoplatform.server import LOOPBACK, PortTakenError, prepared


def main() -> int:
    """Serve until interrupted. Returns the exit code."""
    options = _options()
    try:
        keys = _keys(options.verify_key, options.signing_key)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        sys.stderr.write("A key file cannot be read. Give two PEM files with Ed25519 keys.\n")
        return 2
    try:
        server = prepared(make_app(options.folder, keys), options.port)
    except PortTakenError:
        sys.stderr.write(f"Port {options.port} is taken. Choose another one with --port.\n")
        return 2
    sys.stdout.write(f"Juniper Square (simulated): http://{LOOPBACK}:{server.bind_addr[1]}/\n")
    sys.stdout.flush()
    try:
        server.serve()
    except KeyboardInterrupt:
        server.stop()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m demoplatform", description="Juniper Square, an invented platform.")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--folder", type=Path, default=Path("juniper-square"), help="where it keeps its database")
    parser.add_argument("--verify-key", type=Path, required=True, help="Safeconduct's public key, PEM")
    parser.add_argument("--signing-key", type=Path, required=True, help="the platform's private key, PEM")
    return parser.parse_args()


def _keys(verify: Path, signing: Path) -> Keys:
    public, private = load_pem_public_key(verify.read_bytes()), load_pem_private_key(signing.read_bytes(), None)
    if not isinstance(public, Ed25519PublicKey) or not isinstance(private, Ed25519PrivateKey):
        raise TypeError
    return Keys(public, private)


if __name__ == "__main__":
    sys.exit(main())

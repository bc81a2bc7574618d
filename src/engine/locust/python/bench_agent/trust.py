"""What this process trusts, in the place of what the machine trusts."""

import os


def trust(ca_file):
    """OpenSSL's default and certifi's bundle: requests knows no other, because Locust lets it read no environment."""
    if ca_file is None:
        return
    os.environ["SSL_CERT_FILE"] = ca_file
    os.environ.pop("SSL_CERT_DIR", None)
    import certifi

    certifi.where = lambda: ca_file
    if hasattr(certifi, "core"):
        certifi.core.where = certifi.where

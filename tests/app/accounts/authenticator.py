"""A passkey in software: makes and signs what a browser would, well or badly as a test wants."""

import hashlib
import json
import secrets
import struct
import uuid
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://localhost"


@dataclass
class Authenticator:
    """One credential; what it claims can be changed between two answers."""

    host: str = "localhost"
    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    count: int = 0
    handle: bytes | None = None
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, challenge: str, owner: uuid.UUID) -> str:
        """Answer the request for a new passkey."""
        self.handle = owner.bytes
        attested = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential
        data = self._data(ATTESTED) + attested + self._public()
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": self._client("webauthn.create", challenge),
                "attestationObject": attestation,
            },
            transports=["internal", "<script>"],
        )

    def signed(self, challenge: str) -> str:
        """Answer the request to use it; its count rises, where it counts."""
        self.count += 1 if self.count else 0
        client, data = self._client("webauthn.get", challenge), self._data(0)
        digest = hashlib.sha256(client).digest()
        signature = self._sign(data + digest)
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        if self.handle is not None:
            parts["userHandle"] = self.handle
        return self._answer(parts)

    def _sign(self, told: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(told, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(told, ec.ECDSA(hashes.SHA256()))

    def _answer(self, parts: dict[str, bytes], **more: Any) -> str:
        name = bytes_to_base64url(self.credential)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()} | more
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, more: int) -> bytes:
        about = hashlib.sha256(self.host.encode()).digest()
        return about + struct.pack(">BI", self.flags | more, self.count)

    def _public(self) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            numbers = self.key.public_key().public_numbers()
            size = self.key.key_size // 8
            return cbor2.dumps({1: 3, 3: -257, -1: numbers.n.to_bytes(size, "big"), -2: b"\1\0\1"})
        point = self.key.public_key().public_numbers()
        sizes = {-2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        return cbor2.dumps({1: 2, 3: -7, -1: 1, **sizes})

"""Bundle: signed, numbered rule sets: made and signed by people, and taken or refused by whoever serves them."""

from .account import Account, Entry, Unfit, Weigh, Weighed
from .archive import save
from .bundle import Bundle, new_bundle, read_bundle
from .key import BadKey, PublicKey, read_key
from .manifest import Manifest
from .refusal import Flaw, Reason, Refused
from .secret import SecretKey, new_key, read_secret
from .shelf import Found, Shelf, file_name
from .signature import Signature, read_signature
from .taking import Taken, known_bundle, open_bundle, review
from .trust import Trust, read_trust

__all__ = [
    "Account",
    "BadKey",
    "Bundle",
    "Entry",
    "Flaw",
    "Found",
    "Manifest",
    "PublicKey",
    "Reason",
    "Refused",
    "SecretKey",
    "Shelf",
    "Signature",
    "Taken",
    "Trust",
    "Unfit",
    "Weigh",
    "Weighed",
    "file_name",
    "known_bundle",
    "new_bundle",
    "new_key",
    "open_bundle",
    "read_bundle",
    "read_key",
    "read_secret",
    "read_signature",
    "read_trust",
    "review",
    "save",
]

"""Signing in to a managed database with a short-lived token of AWS instead of a password."""

from collections.abc import Callable

from botocore.model import ServiceId
from botocore.session import Session
from botocore.signers import RequestSigner

from workshop.settings import DatabaseSettings

LIFETIME_SECONDS = 900


def token_source(database: DatabaseSettings) -> Callable[[], str]:
    """A function that makes a token with the credentials that the task role has at that moment."""
    session = Session()
    region = database.region
    endpoint = f"{database.host}:{database.port}"

    def make_token() -> str:
        signer = RequestSigner(
            ServiceId("rds-db"),
            region,
            "rds-db",
            "v4",
            session.get_credentials(),
            session.get_component("event_emitter"),
        )
        request = {
            "method": "GET",
            "url": f"https://{endpoint}/?Action=connect&DBUser={database.user}",
            "body": {},
            "headers": {},
            "context": {},
        }
        url: str = signer.generate_presigned_url(
            request, operation_name="connect", expires_in=LIFETIME_SECONDS, signing_name="rds-db"
        )
        return url.removeprefix("https://")

    return make_token

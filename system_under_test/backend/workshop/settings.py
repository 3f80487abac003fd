"""What the environment says about this process, read once and checked as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from workshop.environment import Environment

ENVIRONMENTS = ("development", "lab", "staging", "production")
GUARDED = ("staging", "production")  # where development's conveniences are refused
SSLMODES = ("disable", "prefer", "require", "verify-ca", "verify-full")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """Where the database is, how to sign in, and the bounds of its use.

    Attributes:
        sign_in: `iam` asks AWS for a token at each connection, `password` uses the given one,
            `trust` sends nothing (embedded database only).
        pool_size: connections of the whole task, over all its worker processes.
    """

    host: str
    port: int
    name: str
    user: str
    sign_in: str
    password: str | None = field(repr=False)
    sslmode: str
    sslrootcert: str | None
    region: str | None
    pool_size: int
    connect_seconds: int
    statement_milliseconds: int
    pool_wait_milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSettings:
    """Whose tokens are accepted; `jwks` is a URL or the path of a file."""

    issuer: str
    audience: str
    algorithm: str
    jwks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSettings:
    """Which flag provider decides."""

    provider: str
    file: Path
    sdk_key: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceSettings:
    """Where spans go; for `otlp` the OTEL_EXPORTER_OTLP_* variables say the rest."""

    exporter: str
    file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that configures the service."""

    environment: str
    host: str
    port: int
    workers: int
    threads: int
    drain_seconds: int
    announce_seconds: int
    body_bytes: int
    requests_per_minute: int
    trusted_proxies: int
    log_level: str
    database: DatabaseSettings
    tokens: TokenSettings
    flags: FlagSettings
    traces: TraceSettings


def read_settings(variables: Mapping[str, str]) -> Settings:
    """Settings of this process; raises SettingsError naming everything missing or wrong."""
    environment = Environment(variables)
    place = environment.choice("ENVIRONMENT", ENVIRONMENTS)
    drain = environment.whole("DRAIN_SECONDS", 30, 1, 110)
    workers = environment.whole("WORKERS", 2, 1, 16)
    settings = Settings(
        environment=place,
        host=environment.text("HOST", "0.0.0.0"),  # noqa: S104 - a task has an address of its own
        port=environment.whole("PORT", 8080, 1, 65535),
        workers=workers,
        threads=environment.whole("THREADS", 8, 1, 64),
        drain_seconds=drain,
        announce_seconds=environment.whole("DRAIN_ANNOUNCE_SECONDS", min(10, drain // 2), 0, drain),
        body_bytes=environment.whole("BODY_BYTES", 65_536, 1024, 10_485_760),
        requests_per_minute=environment.whole("REQUESTS_PER_MINUTE", 1200, 1, 10_000_000),
        trusted_proxies=environment.whole("TRUSTED_PROXIES", 1 if place in GUARDED else 0, 0, 3),
        log_level=environment.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
        database=read_database(environment, guarded=place in GUARDED, workers=workers),
        tokens=_tokens(environment, guarded=place in GUARDED),
        flags=_flags(environment),
        traces=_traces(environment),
    )
    environment.settle()
    return settings


def read_database(environment: Environment, *, guarded: bool, workers: int = 1) -> DatabaseSettings:
    """The database part alone, which is all that a migration needs."""
    host = environment.text("DATABASE_HOST")
    socket = host.startswith("/")
    password = environment.optional("DATABASE_PASSWORD")
    sign_in = environment.choice(
        "DATABASE_SIGN_IN",
        ("iam", "password") if guarded else ("iam", "password", "trust"),
        "password" if password else "iam",
    )
    settings = DatabaseSettings(
        host=host,
        port=environment.whole("DATABASE_PORT", 5432, 1, 65535),
        name=environment.text("DATABASE_NAME"),
        user=environment.text("DATABASE_USER"),
        sign_in=sign_in,
        password=password,
        sslmode=environment.choice(
            "DATABASE_SSLMODE", SSLMODES, "disable" if socket else "verify-full"
        ),
        sslrootcert=environment.optional("DATABASE_SSLROOTCERT"),
        region=environment.optional("AWS_REGION"),
        pool_size=environment.whole("DATABASE_POOL_SIZE", 10, 1, 200),
        connect_seconds=environment.whole("DATABASE_CONNECT_SECONDS", 3, 2, 30),
        statement_milliseconds=environment.whole("DATABASE_STATEMENT_MS", 2000, 50, 60_000),
        pool_wait_milliseconds=environment.whole("DATABASE_POOL_WAIT_MS", 1000, 10, 30_000),
    )
    _check_database(environment, settings, guarded=guarded, workers=workers)
    return settings


def _check_database(
    environment: Environment, database: DatabaseSettings, *, guarded: bool, workers: int
) -> None:
    if guarded and database.sslmode != "verify-full":
        environment.refuse("DATABASE_SSLMODE must be verify-full outside development and lab")
    if database.sslmode == "verify-full":
        bundle = database.sslrootcert
        if bundle is None or (bundle != "system" and not Path(bundle).is_file()):
            environment.refuse(
                "DATABASE_SSLROOTCERT must name the file of the database's certificate authorities"
            )
    if database.sign_in == "iam" and database.region is None:
        environment.refuse("AWS_REGION is missing, which signing in to the database with IAM needs")
    if database.sign_in == "password" and database.password is None:
        environment.refuse("DATABASE_PASSWORD is missing, which DATABASE_SIGN_IN=password needs")
    if database.pool_size < 2 * workers:
        environment.refuse(
            "DATABASE_POOL_SIZE must give each of the WORKERS a connection to serve and one to "
            f"check readiness: at least {2 * workers}, not {database.pool_size}"
        )


def _tokens(environment: Environment, *, guarded: bool) -> TokenSettings:
    jwks = environment.text("TOKEN_JWKS")
    parts = urlsplit(jwks)
    plain_allowed = not guarded and parts.hostname in LOOPBACK
    if parts.scheme == "http" and not plain_allowed:
        environment.refuse("TOKEN_JWKS must be an https URL or a file")
    if parts.scheme not in {"", "http", "https"}:
        environment.refuse("TOKEN_JWKS must be an https URL or the path of a file")
    return TokenSettings(
        issuer=environment.text("TOKEN_ISSUER"),
        audience=environment.text("TOKEN_AUDIENCE"),
        algorithm=environment.choice("TOKEN_ALGORITHM", ALGORITHMS, "RS256"),
        jwks=jwks,
    )


def _flags(environment: Environment) -> FlagSettings:
    provider = environment.choice("FLAGS_PROVIDER", ("file", "split"), "file")
    key = environment.optional("FLAGS_SDK_KEY")
    if provider == "split" and key is None:
        environment.refuse("FLAGS_SDK_KEY is missing, which FLAGS_PROVIDER=split needs")
    bundled = Path(__file__).with_name("flags") / "flags.json"
    return FlagSettings(
        provider=provider,
        file=Path(environment.optional("FLAGS_FILE") or bundled),
        sdk_key=key,
    )


def _traces(environment: Environment) -> TraceSettings:
    exporter = environment.choice(
        "OTEL_TRACES_EXPORTER", ("none", "otlp", "console", "file"), "none"
    )
    file = environment.optional("TRACES_FILE")
    if exporter == "file" and file is None:
        environment.refuse("TRACES_FILE is missing, which OTEL_TRACES_EXPORTER=file needs")
    return TraceSettings(exporter=exporter, file=Path(file) if file else None)

"""The bases that the two Dockerfiles name by their build arguments, made on this machine."""

import shutil
from collections.abc import Callable
from pathlib import Path

import docker
from debian import CannotBuild, bootstrap, done, scratch, tidy, trust, unpack
from docker.errors import ImageNotFound

PYTHON = "workshop/python-slim:3.11.2-bookworm"
PYTHON_BUILDER = "workshop/python-builder:3.11.2-bookworm"
NODE = "workshop/node-distroless:18.20.4-bookworm"
NODE_BUILDER = "workshop/node-builder:20-bookworm"


def _python(root: Path) -> None:
    bootstrap(root)
    shutil.rmtree(root / "usr/lib/python3/dist-packages", ignore_errors=True)
    tidy(root)


def _python_builder(root: Path) -> None:
    bootstrap(root, "python3-venv")
    trust(root)


def _node(root: Path) -> None:
    unpack(root, ["nodejs"])
    shutil.rmtree(root / "usr/share/nodejs/@types", ignore_errors=True)  # for compilers only
    users = "root:x:0:0:root:/:/usr/sbin/nologin\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"
    (root / "etc").mkdir(exist_ok=True)
    (root / "etc/passwd").write_text(users)
    for name in ("proc", "sys", "dev"):
        (root / name).mkdir(exist_ok=True)
    tidy(root)


def _node_builder(root: Path) -> None:
    """Node and npm of this machine: Debian's are older than what the frontend is built with."""
    bootstrap(root, "libatomic1")
    node = shutil.which("node")
    npm = shutil.which("npm")
    if node is None or npm is None:
        raise CannotBuild("Node 20 and npm are not on the PATH: install them.")
    shutil.copy2(Path(node).resolve(), root / "usr/bin/node")
    package = Path(npm).resolve().parents[1]
    done("cp", "-a", str(package), str(root / "usr/lib/npm"))
    for name in ("npm", "npx"):
        (root / "usr/bin" / name).symlink_to(f"../lib/npm/bin/{name}-cli.js")
    trust(root)


_MAKERS: dict[str, Callable[[Path], None]] = {
    PYTHON: _python,
    PYTHON_BUILDER: _python_builder,
    NODE: _node,
    NODE_BUILDER: _node_builder,
}
_BUILDERS = (PYTHON_BUILDER, NODE_BUILDER)
_TRUSTING = {
    "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
    "PIP_CERT": "/etc/ssl/certs/ca-certificates.crt",
    "NODE_EXTRA_CA_CERTS": "/etc/ssl/certs/ca-certificates.crt",
}


def make_base(engine: docker.DockerClient, name: str) -> None:
    """Make a base, unless the engine holds it already."""
    try:
        engine.images.get(name)
    except ImageNotFound:
        with scratch() as directory:
            root = directory / "root"
            root.mkdir(mode=0o755)
            _MAKERS[name](root)
            archive = directory / "root.tar"
            done("tar", "-C", str(root), "--numeric-owner", "-cf", str(archive), ".")
            settings = _TRUSTING if name in _BUILDERS else {}
            changes = [f"ENV {key}={value}" for key, value in settings.items()]
            repository, _, tag = name.partition(":")
            engine.api.import_image_from_file(
                str(archive), repository=repository, tag=tag, changes=changes
            )

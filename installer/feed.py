"""Gives out new versions: ``python -m installer.feed init | publish | refresh``. FEED.md tells how.

The feed is a folder for any web server, a repository of The Update Framework. Four keys sign it, each for one thing:
``root`` says which keys count, ``targets`` which files, ``snapshot`` and ``timestamp`` that this is the newest state.

Source: https://theupdateframework.github.io/specification/latest/, sections 3 and 4.
"""

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from app.updates.feed import ADDRESS_FILE, ROOT_FILE
from app.updates.reading import LATEST
from app.updates.setup_file import setup_name
from app.updates.version import is_newer, numbers

Content = Root | Targets | Snapshot | Timestamp
T = TypeVar("T", Root, Targets, Snapshot, Timestamp)

ROLES: Final = (Root.type, Targets.type, Snapshot.type, Timestamp.type)

LIVES: Final = {
    Root.type: timedelta(days=730),
    Targets.type: timedelta(days=365),
    Snapshot.type: timedelta(days=365),
    Timestamp.type: timedelta(days=30),
}
"""How long a signature counts. The short one bounds for how long somebody can hold a new version back unnoticed; it has
to be renewed more often than that, also when there is nothing new."""

_RENEWED_BEFORE: Final = 0.5
"""What has less than this part of its life left is signed anew when its key is at hand."""

PASSPHRASE: Final = "CEDAR_SYNC_FEED_PASSPHRASE"  # noqa: S105 (a name)


class FeedUnusable(click.ClickException):
    """The feed, a key or a setup cannot be used; the message says why."""


class Keys:
    """The folder of keys; not all of them have to be there."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        """Take the folder, and what the keys are encrypted with; empty for keys that are not."""
        self._folder = folder
        self._passphrase = passphrase.encode() or None

    def make(self, role: str) -> CryptoSigner:
        """Make a key, readable by its owner alone.

        Raises:
            FeedUnusable: If there is one.
        """
        key = Ed25519PrivateKey.generate()
        encryption: KeySerializationEncryption = (
            NoEncryption() if self._passphrase is None else BestAvailableEncryption(self._passphrase)
        )
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(self._file(role), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as exc:
            raise FeedUnusable(f"{self._file(role)} is there already; a key is never written over.") from exc
        with os.fdopen(handle, "wb") as stream:
            stream.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
        return CryptoSigner(key)

    def has(self, role: str) -> bool:
        """Tell whether a role's key is here."""
        return self._file(role).is_file()

    def signer(self, role: str) -> CryptoSigner:
        """Give who signs for a role.

        Raises:
            FeedUnusable: If its key is not here or cannot be read.
        """
        try:
            key = load_pem_private_key(self._file(role).read_bytes(), self._passphrase)
        except OSError as exc:
            raise FeedUnusable(f"The key {self._file(role)} cannot be read ({exc.strerror}).") from exc
        except (ValueError, TypeError) as exc:
            raise FeedUnusable(f"The key {self._file(role)} cannot be opened with this passphrase.") from exc
        if not isinstance(key, Ed25519PrivateKey):
            raise FeedUnusable(f"The key {self._file(role)} is of another kind than this feed's.")
        return CryptoSigner(key)

    def _file(self, role: str) -> Path:
        return self._folder / f"{role}.pem"


class FeedFolder:
    """The folder that a web server gives out."""

    def __init__(self, folder: Path, keys: Keys, now: datetime | None = None) -> None:
        """Take the folder, who signs, and what time it is."""
        self._metadata, self._targets = folder / "metadata", folder / "targets"
        self._keys = keys
        self._now = (now or datetime.now(UTC)).replace(microsecond=0)

    def begin(self) -> bytes:
        """Make the keys and a feed with nothing in it.

        Returns:
            The root, which goes into every build.

        Raises:
            FeedUnusable: If there is a feed or a key already.
        """
        if self._metadata.exists():
            raise FeedUnusable(f"There is a feed in {self._metadata.parent} already.")
        signers = {role: self._keys.make(role) for role in ROLES}
        root = Root(consistent_snapshot=True)
        for role, signer in signers.items():
            root.add_key(signer.public_key, role)
        self._metadata.mkdir(parents=True)
        self._targets.mkdir(exist_ok=True)
        content = self._write(root, role=Root.type)
        for signed in (Targets(), Snapshot(), Timestamp()):
            self._write(signed, role=signed.type)
        return content

    def publish(self, setup: Path, version: str, notes: str) -> None:
        """Give out a setup as the newest version.

        Raises:
            FeedUnusable: If the version is none, or not newer than what is given out.
        """
        targets = self._read(Targets)
        if numbers(version) is None:
            raise FeedUnusable(f'"{version}" is no version; three numbers such as 1.10.0 are meant.')
        given = self.newest()
        if given is not None and not is_newer(version, given):
            raise FeedUnusable(f"{version} is not newer than {given}, which is given out; nobody would take it.")
        name = setup_name(version)
        targets.targets[name] = self._add(setup.read_bytes(), name, {"version": version, "notes": notes})
        latest = json.dumps({"version": version}).encode()
        targets.targets[LATEST] = self._add(latest, LATEST, None)
        self._renew(targets)
        snapshot = self._read(Snapshot)
        snapshot.meta["targets.json"] = MetaFile(targets.version)
        self._renew(snapshot)
        self._renew_timestamp(snapshot.version)

    def newest(self) -> str | None:
        """Give the newest version that is given out; None if there is none."""
        given = [target.custom["version"] for target in self._read(Targets).targets.values() if target.custom]
        return max(given, key=lambda version: numbers(version) or (0, 0, 0), default=None)

    def refresh(self) -> list[str]:
        """Sign anew what nears its end and has its key here; the timestamp always.

        Returns:
            The roles that near their end and whose keys are missing here.
        """
        missing: list[str] = []
        root, targets, snapshot = self._read(Root), self._read(Targets), self._read(Snapshot)
        if not self._is_fresh(root) and self._has_keys([Root.type], missing):
            self._renew(root)
        is_fresh = self._is_fresh(targets) and self._is_fresh(snapshot)
        # The snapshot names the version of the targets, so the two are signed together.
        if not is_fresh and self._has_keys([Targets.type, Snapshot.type], missing):
            self._renew(targets)
            snapshot.meta["targets.json"] = MetaFile(targets.version)
            self._renew(snapshot)
        self._renew_timestamp(snapshot.version)
        return missing

    def _has_keys(self, roles: Iterable[str], missing: list[str]) -> bool:
        lacking = [role for role in roles if not self._keys.has(role)]
        missing.extend(lacking)
        return not lacking

    def _is_fresh(self, signed: Content) -> bool:
        return signed.expires - self._now > LIVES[signed.type] * _RENEWED_BEFORE

    def _add(self, content: bytes, name: str, custom: dict[str, str] | None) -> TargetFile:
        """Put a file where clients ask for it: named after what is in it, so that no file ever changes."""
        target = TargetFile.from_data(name, content, ["sha256"])
        if custom is not None:
            target.unrecognized_fields["custom"] = custom
        file = self._targets / f"{target.hashes['sha256']}.{name}"
        before = file.with_name(f"{file.name}.part")
        before.write_bytes(content)
        before.replace(file)
        return target

    def _renew_timestamp(self, snapshot_version: int) -> None:
        timestamp = self._read(Timestamp)
        timestamp.snapshot_meta = MetaFile(snapshot_version)
        self._renew(timestamp)

    def _renew(self, signed: Content) -> None:
        signed.version += 1
        self._write(signed, role=signed.type)

    def _write(self, signed: Content, *, role: str) -> bytes:
        """Sign, and write beside what was there; only then does the new file count."""
        signed.expires = self._now + LIVES[role]
        metadata: Metadata[Any] = Metadata(signed)
        metadata.sign(self._keys.signer(role))
        content = metadata.to_bytes()
        name = f"{role}.json" if role == Timestamp.type else f"{signed.version}.{role}.json"
        before = self._metadata / f"{name}.part"
        before.write_bytes(content)
        before.replace(self._metadata / name)
        return content

    def _read(self, kind: type[T]) -> T:
        """Read the newest metadata of a role.

        Raises:
            FeedUnusable: If there is none, or it cannot be read.
        """
        role = kind.type
        files = list(self._metadata.glob(f"*{role}.json"))
        if not files:
            raise FeedUnusable(f"There is no feed in {self._metadata.parent}; make one with init.")
        newest = max(files, key=lambda file: int(file.name.partition(".")[0]) if file.name[0].isdigit() else 0)
        try:
            signed = Metadata.from_file(str(newest)).signed
        except (RepositoryError, DeserializationError, OSError) as exc:
            raise FeedUnusable(f"{newest} cannot be read ({exc}).") from exc
        if not isinstance(signed, kind):
            raise FeedUnusable(f"{newest} is of another kind than its name says.")
        return signed


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--feed", type=click.Path(path_type=Path, file_okay=False), required=True, help="What is given out.")
@click.option("--keys", type=click.Path(path_type=Path, file_okay=False), required=True, help="Never below the feed.")
@click.option("--passphrase", envvar=PASSPHRASE, show_envvar=True, help="Of the keys; asked for if neither is there.")
@click.option("--without-passphrase", is_flag=True, help="The keys are not encrypted: a machine signs with them.")
@click.pass_context
def main(context: click.Context, feed: Path, keys: Path, passphrase: str | None, *, without_passphrase: bool) -> None:
    """Make the feed of new versions, give out a version, keep the feed fresh."""
    if keys.absolute().is_relative_to(feed.absolute()):
        raise FeedUnusable("The keys are below the feed, which everybody can read; choose another folder for them.")
    if without_passphrase:
        passphrase = ""
    elif passphrase is None:
        is_new = context.invoked_subcommand == "init"
        passphrase = click.prompt("Passphrase of the keys", hide_input=True, confirmation_prompt=is_new, err=True)
    context.obj = FeedFolder(feed, Keys(keys, passphrase))


@main.command()
@click.option("--url", required=True, help="Where the feed will be, https://...; it goes into the build.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder for root.json and feed.toml, which go into the build.",
)
@click.pass_obj
def init(folder: FeedFolder, url: str, output: Path) -> None:
    """Make the keys and an empty feed."""
    root = folder.begin()
    output.mkdir(parents=True, exist_ok=True)
    (output / ROOT_FILE).write_bytes(root)
    (output / ADDRESS_FILE).write_text(f"url = {json.dumps(url)}\n", encoding="utf-8")
    click.echo(f"Build with {output / ROOT_FILE} and {url}; keep the keys, and root.pem away from every network.")


@main.command()
@click.argument("setup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--version", required=True, help="Such as 1.1.0; newer than every one given out.")
@click.option("--notes", default="", help="What is new, in a few words; shown before anybody installs it.")
@click.pass_obj
def publish(folder: FeedFolder, setup: Path, version: str, notes: str) -> None:
    """Give out a setup as the newest version."""
    folder.publish(setup, version, notes)
    click.echo(f"{version} is given out once the feed is on its server; timestamp.json goes last.")


@main.command()
@click.pass_obj
def refresh(folder: FeedFolder) -> None:
    """Renew what nears its end; the timestamp at every call."""
    for role in folder.refresh():
        click.echo(f"{role} ends soon, and its key is not here.", err=True)


if __name__ == "__main__":
    main()

"""Backup and restore: a consistent copy of database and files in one folder, with a manifest that proves it whole.

    manifest.json       when, which program, SHA-256 of every file, rows of every table, migrations, rule sets
    database.sqlite3    or database.dump (pg_dump -Fc)
    files/              the private files, as they lie under VAR_DIR

The copy is taken while people work. Secrets (`secret-key`) are not in it: after a restore elsewhere everybody signs in
anew.
"""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.databases import BackupError, adapter

MANIFEST = "manifest.json"
FILES = "files"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    format: int
    created_at: str
    vendor: str
    tables: dict[str, int]
    migrations: list[str]
    rule_sets: dict[str, str]
    digests: dict[str, str]


def back_up(folder):
    """Write a backup into `folder`, which must not exist; it appears under its name only when it is whole."""
    target = Path(folder)
    if target.exists():
        raise BackupError(f"{target} đã có. Chọn tên khác; bản sao lưu cũ không bị ghi đè.")
    partial = target.with_name(f"{target.name}.partial")
    partial.mkdir(parents=True, mode=0o700)
    try:
        facts = adapter(connection).dump(partial)  # before the files: every file that a row names exists by then
        _copy_files(Path(settings.VAR_DIR) / FILES, partial / FILES)
        manifest = Manifest(
            format=FORMAT,
            created_at=timezone.localtime().isoformat(timespec="seconds"),
            vendor=connection.vendor,
            digests=_digests(partial),
            **facts,
        )
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
        (partial / MANIFEST).write_text(text, encoding="utf-8")
        partial.rename(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return manifest


def read_manifest(folder):
    """The manifest of a backup whose every file is as it was written; BackupError says what is not."""
    folder = Path(folder)
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise BackupError(f"{folder} không phải là một bản sao lưu: thiếu {MANIFEST}.") from error
    except (ValueError, TypeError) as error:
        raise BackupError(f"Không đọc được {MANIFEST} của {folder}.") from error
    if manifest.format != FORMAT:
        raise BackupError(f"Bản sao lưu có dạng {manifest.format}, phần mềm này chỉ đọc dạng {FORMAT}.")
    if manifest.vendor != connection.vendor:
        raise BackupError(f"Bản sao lưu của {manifest.vendor}, cơ sở dữ liệu đang dùng là {connection.vendor}.")
    if wrong := _differences(manifest.digests, _digests(folder)):
        raise BackupError(f"Bản sao lưu không còn nguyên vẹn: {'; '.join(wrong[:5])}.")
    return manifest


def restore(folder, *, force=False):
    """Put a backup in place of an empty database and folder of files; with `force` what was there is kept beside it."""
    manifest = read_manifest(folder)
    database, files = adapter(connection), Path(settings.VAR_DIR) / FILES
    has_files = files.exists() and any(files.iterdir())
    if (not database.is_empty() or has_files) and not force:
        raise BackupError("Nơi phục hồi đang có dữ liệu. Phục hồi vào nơi trống, hoặc thêm --force nếu chắc chắn.")
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    database.load(Path(folder), keep_as=f"before-restore-{stamp}")
    if files.exists():
        files.rename(files.with_name(f"{FILES}.before-restore-{stamp}"))
    _copy_files(Path(folder) / FILES, files)
    _compare(manifest, database.facts())
    return manifest


def check(folder):
    """Restore a backup into a temporary place and compare it with its manifest; nothing in use is touched."""
    manifest = read_manifest(folder)
    with adapter(connection).temporary(Path(folder)) as facts:
        _compare(manifest, facts)
    return manifest


def _compare(manifest, facts):
    expected = {name: getattr(manifest, name) for name in ("tables", "migrations", "rule_sets")}
    if facts != expected:
        wrong = [name for name in expected if facts[name] != expected[name]]
        raise BackupError(f"Dữ liệu phục hồi khác với bản kê ở: {', '.join(wrong)}. Đừng dùng bản này.")


def _copy_files(source, target):
    target.mkdir(parents=True, exist_ok=True)
    if source.exists():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _digests(folder):
    """SHA-256 of every file below the folder but the manifest, by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def _digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _differences(expected, found):
    missing = [f"thiếu {name}" for name in sorted(expected.keys() - found.keys())]
    extra = [f"thừa {name}" for name in sorted(found.keys() - expected.keys())]
    changed = [f"{name} đã bị đổi" for name in sorted(expected.keys() & found.keys()) if expected[name] != found[name]]
    return missing + extra + changed

"""Keep a released state, so that its update stays tested: ``python -m tests.keep_release BACKUP NAME``.

``tests/released`` holds backups of the demo as the program of their day wrote it, with a line in the place of each PDF
and picture. After a release: ``make run`` with it, ``manage.py backup BACKUP``, then this.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import django

FOLDER = Path(__file__).parent / "released"


def keep(backup: Path, target: Path) -> None:
    """Write a backup again, its files being one line each."""
    from ogl_portal.lib.backup.archive import MANIFEST, opened, write_member
    from ogl_portal.lib.backup.manifest import file_member, table_member

    with opened(backup) as source, ZipFile(target, "w") as archive:
        for label in source.manifest.tables:
            name = table_member(label)
            write_member(archive, name, source.read(name), packed=True)
        files = {
            name: write_member(archive, file_member(name), [f"{name}\n".encode()], packed=False)
            for name in source.manifest.files
        }
        archive.writestr(MANIFEST, replace(source.manifest, files=files).to_json(), ZIP_DEFLATED)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    keep(Path(sys.argv[1]), FOLDER / f"{sys.argv[2]}.zip")

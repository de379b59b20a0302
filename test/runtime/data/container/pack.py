# SPDX-FileCopyrightText: the ganc authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Packs what is in FOLDER in all ways that the runtime reads, and in some that it has to refuse, by Python's own libraries.
usage: pack.py FOLDER OUT"""

import io
import pathlib
import sys
import tarfile
import warnings
import zipfile

warnings.simplefilter("ignore")  # Python warns of the same name twice.
folder, out = map(pathlib.Path, sys.argv[1:])
# Not in their order: containers sort.
files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.name[::-1])


def name(path):
    return str(path.relative_to(folder))


for kind, method in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED), ("strange", zipfile.ZIP_BZIP2)):
    with zipfile.ZipFile(out / f"{kind}.zip", "w", method) as archive:
        archive.comment = b"a comment"
        for path in files:
            archive.write(path, name(path))
# Sizes behind the content, and in 64 bits.
with open(out / "streamed.zip", "wb") as file:
    file.seekable = lambda: False
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            with archive.open(name(path), "w", force_zip64=True) as entry:
                entry.write(path.read_bytes())
# The numbers that do not fit lie elsewhere: as if there were no room for any.
zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 0, 0
with zipfile.ZipFile(out / "long.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for path in files:
        with archive.open(name(path), "w", force_zip64=True) as entry:
            entry.write(path.read_bytes())
zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = (1 << 31) - 1, 65535
content = (out / "long.zip").read_bytes()
end = content.rindex(b"PK\5\6")
(out / "long.zip").write_bytes(content[:end + 8] + b"\xff" * 12 + content[end + 20:])

for kind, mode, form in (("pax.tar", "w", tarfile.PAX_FORMAT), ("gnu.tar", "w", tarfile.GNU_FORMAT), ("packed.tar.gz", "w:gz", tarfile.PAX_FORMAT),
                         ("packed.tar.xz", "w:xz", tarfile.PAX_FORMAT), ("packed.tar.bz2", "w:bz2", tarfile.GNU_FORMAT)):
    with tarfile.open(out / kind, mode, format=form) as archive:
        archive.add(folder, ".", filter=lambda member: member if member.isdir() else None)
        for path in files:
            archive.add(path, "./" + name(path))


def hostile(kind, names):
    with zipfile.ZipFile(out / f"{kind}.zip", "w") as archive, tarfile.open(out / f"{kind}.tar", "w") as tar:
        for each in names:
            archive.writestr(zipfile.ZipInfo(each), b"content")
            member = tarfile.TarInfo(each)
            member.size = 7
            tar.addfile(member, io.BytesIO(b"content"))


hostile("up", ["a/b", "a/../../b"])
hostile("absolute", ["/etc/passwd"])
hostile("control", ["a\nb"])
hostile("twice", ["a", "b", "./a"])
hostile("deep", ["a/" * 2050 + "b"])
# A link, and a file that would be written through it.
with tarfile.open(out / "link.tar", "w") as tar:
    link = tarfile.TarInfo("away")
    link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
    tar.addfile(link)
    for kind, to in ((tarfile.LNKTYPE, "/etc/passwd"), (tarfile.FIFOTYPE, ""), (tarfile.CHRTYPE, "")):
        member = tarfile.TarInfo(f"strange{kind.decode()}")
        member.type, member.linkname = kind, to
        tar.addfile(member)
    member = tarfile.TarInfo("away/file")
    member.size = 7
    tar.addfile(member, io.BytesIO(b"content"))

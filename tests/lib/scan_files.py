"""Files that people send as scans: good ones, and the kinds made to do harm."""

import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String


def pdf(pages=1, change=None, **save):
    """A PDF of empty pages, the same bytes each time; `change(document)` makes it what it should not be."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        target = BytesIO()
        document.save(target, deterministic_id="encryption" not in save, **save)
    return target.getvalue()


def picture(kind="JPEG", size=(60, 80), **options):
    from PIL import Image

    target = BytesIO()
    Image.new("RGB", size, "white").save(target, kind, **options)
    return target.getvalue()


def script(document):
    return document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('x')")))


def on_opening(document):
    document.Root.OpenAction = script(document)


def on_a_page(document):
    document.pages[0].obj.AA = Dictionary(O=script(document))


def in_the_names(document):
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script(document)])))


def in_a_field(document):
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("x"), Rect=[0, 0, 9, 9], A=script(document),
        AA=Dictionary(U=Dictionary(S=Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))),
    )  # fmt: skip
    document.pages[0].obj.Annots = Array([document.make_indirect(field)])
    document.Root.AcroForm = Dictionary(Fields=document.pages[0].obj.Annots, XFA=document.make_stream(b"<xdp/>"))


def chained(document):
    hidden = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]), Next=script(document))
    document.Root.Outlines = Dictionary(First=document.make_indirect(Dictionary(Title=String("x"), A=hidden)))


def launching(document):
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].obj.Annots = Array([document.make_indirect(link)])


def attaching(document):
    document.attachments["thu.exe"] = pikepdf.AttachedFileSpec(document, b"MZ program", filename="thu.exe")


def pinned_to_a_page(document):
    stream = document.make_stream(b"MZ program")
    spec = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=stream))
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
    document.pages[0].obj.Annots = Array([document.make_indirect(pin)])


def huge_picture(document):
    image = document.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000,
                                 ColorSpace=Name.DeviceGray, BitsPerComponent=1)  # fmt: skip
    document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))


def bomb_of_objects(size=1 << 30):
    """A PDF of one megabyte whose table of objects unpacks to one gigabyte."""
    packer, piece = zlib.compressobj(9), b"\0" * (32 << 20)
    first, again = (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + again * (size // len(piece)) + packer.flush()
    head = b"%PDF-1.5\n"
    table = (
        b"1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    ) + packed + b"\nendstream\nendobj\n"  # fmt: skip
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def bomb_of_pixels(width=50_000, height=50_000):
    """A PNG of a few kilobytes that says it is 2.5 thousand million points."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    line = zlib.compress(b"\0" * (width // 8 + 1) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", line) + chunk(b"IEND", b"")

"""Harmless archives that look like the app a campaign hands out: no code is in them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mantis_crawler.lab.site import dice

_EPOCH = (2022, 7, 18, 0, 0, 0)
_MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest package="lab.harmless.{name}"><application android:label="Chrome"/></manifest>
"""


def apk(seed: int, host: str, count: int) -> bytes:
    """Return the archive that a host gives at the *count*-th request: new bytes every time."""
    source = dice(seed, "apk", host, str(count))
    name = "".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=8))
    files = {
        "AndroidManifest.xml": b"\x03\x00\x08\x00" + _MANIFEST.format(name=name).encode(),
        "classes.dex": b"dex\n035\x00" + b"made for the lab; no code" + source.randbytes(512),
        "resources.arsc": b"\x02\x00\x0c\x00" + source.randbytes(128),
        "META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\nCreated-By: lab\r\n",
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            entry = ZipInfo(path, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def mobileconfig(host: str, name: str) -> bytes:
    """Return a profile for an iPhone that sets up nothing."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadContent</key><array/>
<key>PayloadDisplayName</key><string>{name}</string>
<key>PayloadIdentifier</key><string>lab.harmless.{host}</string>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadUUID</key><string>00000000-0000-4000-8000-000000000000</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></plist>
""".encode()

"""A write leaves the instance ID of a file as it is, also beside an old packet that is named."""

import shutil
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.metadata_files import MetadataFiles
from tests.media.oracle import exiftool, tags

NAMED = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="uuid:b378e3b9-3b08-11dc-a069-f241897c00e4"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" %s</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.mark.parametrize("name", ["adobehq_ind.psd", "escenic-liquid-logo.psd"])
def test_the_instance_id_of_a_file_stays(
    pool: DecoderPool, corpus: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    shutil.copyfile(corpus / "psd" / name, path)
    before = tags([path])[path]["XMP-xmpMM:InstanceID"]
    files = MetadataFiles(pool, None)

    for title in ("Headquarters", "Head office"):
        files.write(path, changes={"title": title}, known=files.read(path))

    said = tags([path])[path]
    assert (said["XMP-xmpMM:InstanceID"], said["XMP-dc:Title"]) == (before, "Head office")


@pytest.mark.parametrize(
    "packet",
    [
        NAMED % b"><xmpMM:InstanceID>xmp.iid:1</xmpMM:InstanceID>",
        NAMED % b'xmpMM:InstanceID="xmp.iid:1">',
    ],
)
def test_the_instance_id_of_a_sidecar_stays(
    pool: DecoderPool, tmp_path: Path, packet: bytes
) -> None:
    path = tmp_path / "hero.xmp"
    path.write_bytes(packet)

    made = pool.write_metadata(path, kind="xmp", changes={"title": "Dawn"})

    assert b'InstanceID="xmp.iid:1"' in made
    assert b"Dawn" in made


SLASHLESS = NAMED.replace(
    b"xmlns:xmpMM", b'xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0"\n xmlns:xmpMM'
)


@pytest.mark.parametrize("name", ["png/bgbn4a08.png", "webp/1_webp_a.webp", "orientation/f1t.jpg"])
def test_the_name_and_the_namespaces_of_a_packet_stay(
    pool: DecoderPool, corpus: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / Path(name).name
    shutil.copyfile(corpus / name, path)
    packet = tmp_path / "packet.xmp"
    packet.write_bytes(SLASHLESS % b'MicrosoftPhoto:Rating="3">')
    exiftool("-overwrite_original", f"-XMP<={packet}", str(path))

    files = MetadataFiles(pool, None)
    files.write(path, changes={"title": "Dawn"}, known=files.read(path))

    said = path.read_bytes()
    assert tags([path])[path]["XMP-dc:Title"] == "Dawn"
    assert b'about="uuid:b378e3b9-3b08-11dc-a069-f241897c00e4"' in said
    assert b'"http://ns.microsoft.com/photo/1.0"' in said
    assert b"InstanceID" not in said

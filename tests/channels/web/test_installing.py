"""What makes an app of the page: its manifest, its icons, and the worker with the files that it keeps."""

import json
import re
from io import BytesIO

from PIL import Image

from channels.web.assets import assets
from channels.web.installing import kept_files
from tests.channels.web.browser import Browser


async def test_the_manifest_names_the_place_and_icons_of_the_sizes_it_says(browser: Browser) -> None:
    answer = await browser.client.get("/app.webmanifest", headers={"Accept-Language": "vi"})
    described = json.loads(await answer.text())
    assert answer.content_type == "application/manifest+json"
    assert described["name"] == "Bình đẳng giới Quận Gò Vấp"
    assert (described["start_url"], described["display"]) == ("/", "standalone")
    for icon in described["icons"]:
        image = Image.open(BytesIO(await (await browser.client.get(icon["src"])).read()))
        assert "x".join(map(str, image.size)) == icon["sizes"]


async def test_the_worker_keeps_every_script_and_style_of_the_chats_page(browser: Browser) -> None:
    answer = await browser.client.get("/worker.js")
    text = await answer.text()
    assert answer.headers["Cache-Control"] == "no-cache"
    assert f'const VERSION = "{assets().version}";' in text
    for name in kept_files():
        assert (await browser.client.get(f"{assets().base}/{name}")).status == 200
    page = await (await browser.joins("propagandist", "P10-KP05")).text()
    page += await (await browser.client.get(browser.chat, headers={"Accept": "text/html"})).text()
    needed = set(re.findall(rf'(?:src|href)="{assets().base}/([^"]+\.(?:js|css|svg))"', page))
    imported = {
        f"chat/{name}"
        for file in assets().files
        if file.startswith("chat/")
        for name in re.findall(r'from "\./([^"]+)"', assets().files[file].plain.decode())
    }
    assert needed | imported <= set(kept_files())

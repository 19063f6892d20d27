"""Runs scripts of the pages without a browser, in the Node that comes with Playwright, beside stand-ins."""

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from channels.web.assets import FOLDER
from tests.waiting import PATIENCE

NODE = str(compute_driver_executable()[0])


def run(folder: Path, script: str) -> Any:
    """Run a module in a folder; it tells what it found by `tell(value)`, once."""
    told = "const tell = (value) => process.stdout.write(JSON.stringify(value), () => process.exit());\n"
    main = folder / "main.mjs"
    main.write_text(told + script, encoding="utf-8")
    done = subprocess.run([NODE, str(main)], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def module(folder: Path, name: str, **beside: str) -> None:
    """Put a module of the chat's page into a folder, with stand-ins for modules that it imports."""
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / f"{name}.js").write_text((FOLDER / "chat" / f"{name}.js").read_text(encoding="utf-8"), encoding="utf-8")
    for other, text in beside.items():
        (folder / f"{other}.js").write_text(text, encoding="utf-8")


WORKER = """
const heard = {}, stores = STORES, pages = new Map(PAGES), asked = [];
const request = (result) => { const one = { result }; queueMicrotask(() => one.onsuccess()); return one; };
const database = {
  objectStoreNames: { contains: (name) => name in stores },
  close() {},
  transaction: (name) => ({ objectStore: () => ({
    getAllKeys: () => request(Object.keys(stores[name])),
    getAll: () => request(Object.values(stores[name])),
    put: (value, key) => request((stores[name][key] = value)),
  }) }),
};
const cache = {
  match: async (path) => pages.get(path),
  keys: async () => [...pages.keys()].map((path) => ({ url: `https://here${path}` })),
  delete: async (path) => pages.delete(path),
  put: async (path, answer) => pages.set(path, answer),
};
Object.assign(globalThis, {
  VERSION: "1", BASE: "/static/1", FILES: [],
  addEventListener: (name, act) => (heard[name] = act),
  indexedDB: { open: () => request(database) },
  caches: { open: async () => cache },
  registration: { pushManager: { subscribe: async ({ applicationServerKey: key }) => given(`new by ${key}`) } },
  fetch: async (path, { method = "GET", body } = {}) => {
    asked.push([method, path, ...(body ? [JSON.parse(body)] : [])]);
    return ANSWER(path, method);
  },
});
const given = (endpoint) => ({ endpoint, toJSON: () => ({ endpoint }) });
const fine = { ok: true, json: async () => ({ key: "key" }) };
const hears = async (name, event) => {
  let done;
  heard[name]({ ...event, waitUntil: (promise) => (done = promise) });
  await done;
};
"""


def worker(folder: Path, does: str, *, reminded: dict[str, str], pages: list[str], answer: str = "() => fine") -> Any:
    """Run the service worker with what its device keeps; `does` is a script after it."""
    stands = WORKER.replace("STORES", json.dumps({"reminded": reminded}))
    stands = stands.replace("PAGES", json.dumps([[path, "kept"] for path in pages])).replace("ANSWER", f"({answer})")
    return run(folder, stands + (FOLDER / "worker.js").read_text(encoding="utf-8") + does)

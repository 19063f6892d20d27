// Photos and files that are not sent yet, kept in this browser (IndexedDB) so that a reload or a dead spot loses none.
// Where a browser forbids storage they live in memory only, and a reload says that they must be chosen again.

const STORE = "files";
const memory = new Map();

const opened = new Promise((resolve) => {
  try {
    const request = indexedDB.open("unsent", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

async function run(mode, act) {
  const database = await opened;
  if (!database) return undefined;
  return new Promise((resolve) => {
    const request = act(database.transaction(STORE, mode).objectStore(STORE));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}

export async function keep(id, blob) {
  memory.set(id, blob);
  await run("readwrite", (store) => store.put(blob, id));
}

export async function find(id) {
  return memory.get(id) ?? run("readonly", (store) => store.get(id));
}

export async function forget(id) {
  await run("readwrite", (store) => store.delete(id)); // memory keeps it: the picture is still on the page
}

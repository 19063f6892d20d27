// What this browser keeps of its chats, in IndexedDB: "files" (photos and files not sent yet, by message id), "own"
// (what the person wrote, by id), "rows" (the bot's last messages, by chat), "reminded" (the address of the push service
// that the server has, by chat). The service worker reads it, too. Where a browser forbids storage, or another tab of an
// old version is in the way, nothing is kept, and the page goes on.

const NAME = "unsent";
const VERSION = 3;
export const STORES = { files: {}, own: { keyPath: "id" }, rows: {}, reminded: {} };

const opened = new Promise((resolve) => {
  try {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      for (const [store, options] of Object.entries(STORES)) {
        if (!database.objectStoreNames.contains(store)) database.createObjectStore(store, options);
      }
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // a newer page must not wait for this one
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => resolve(null);
  } catch {
    resolve(null);
  }
});

async function run(store, mode, act) {
  const database = await opened;
  if (!database) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => resolve(undefined);
    } catch {
      resolve(undefined); // closed for a newer page
    }
  });
}

// Each resolves once it is on the disk: what is read, or undefined.
export const find = (store, key) => run(store, "readonly", (all) => all.get(key));
export const list = async (store) => (await run(store, "readonly", (all) => all.getAll())) ?? [];
export const put = (store, value, key) => run(store, "readwrite", (all) => all.put(value, key));
export const remove = (store, key) => run(store, "readwrite", (all) => all.delete(key));

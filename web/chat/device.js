// This device: the service worker, by which the page opens without a network, and the button that puts it on the home
// screen. Both exist only where the page is served securely.

const at = (id) => document.getElementById(id);

let installing = null;

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault(); // it is asked when the person wants it
  installing = event;
  at("install").hidden = false;
});
addEventListener("appinstalled", () => (at("install").hidden = true));

at("install").addEventListener("click", async () => {
  at("install").hidden = true;
  await installing?.prompt();
  installing = null;
});

export const worker = navigator.serviceWorker
  ? navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready).catch(() => null)
  : Promise.resolve(null);

// Have this chat's page kept, or forgotten where it is nobody's any more.
export async function keepPage(isOurs) {
  (await worker)?.active?.postMessage(isOurs ? { keep: location.pathname } : { forget: location.pathname });
  if (isOurs) navigator.storage?.persist?.().catch(() => false); // what waits here should outlive a full disk
}

// What waits may go after the page was closed, where the browser can do that.
export async function sendLater() {
  await (await worker)?.sync?.register("unsent").catch(() => {});
}

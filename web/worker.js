// The service worker: pages open without a network. Before this text the server puts VERSION, BASE and FILES, which name
// the scripts and styles of the pages' present version.

const SHELL = `shell-${VERSION}`;
const PAGES = "pages";
const PATIENCE = 4_000; // ms for the network, where the page is kept
const MOST_PAGES = 12; // as many chats as the server remembers of a browser
const JSON_HEADERS = { "Content-Type": "application/json" };
const CHAT = /^\/c\/[^/]+\/$/;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES.map((name) => `${BASE}/${name}`))));
});

addEventListener("activate", (event) => event.waitUntil(renew()));

// Pages name the version of their scripts: they are asked for again before the old scripts go.
async function renew() {
  const pages = await caches.open(PAGES);
  await Promise.all((await pages.keys()).map(({ url }) => keep(new URL(url).pathname)));
  const old = (await caches.keys()).filter((name) => name !== SHELL && name !== PAGES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(script(request, url));
  else if (request.mode === "navigate" && (url.pathname === "/" || CHAT.test(url.pathname))) {
    event.respondWith(page(event, url));
  }
});

// A page that is older than this worker names another version: then the network first, and this version's if need be.
async function script(request, url) {
  const shell = await caches.open(SHELL);
  const exact = await shell.match(url.pathname);
  if (exact) return exact;
  return fetch(request).catch(async () => {
    const same = url.pathname.replace(/^\/static\/[^/]+/, BASE);
    return (await shell.match(same)) ?? Response.error();
  });
}

async function page(event, url) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(url.pathname);
  const asked = fetch(event.request).then(async (answer) => {
    await take(url.pathname, answer.clone());
    return answer;
  });
  event.waitUntil(asked.catch(() => {}));
  try {
    return await (kept ? Promise.race([asked, late()]) : asked);
  } catch {
    return kept ?? (await elsewhere(pages, url)) ?? Response.error();
  }
}

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

// Keep what a page is now; one that is nobody's any more is forgotten.
async function take(path, answer) {
  const pages = await caches.open(PAGES);
  if (answer.ok && !answer.redirected) {
    await pages.delete(path); // the latest stands last
    await pages.put(path, answer);
    const chats = (await pages.keys()).filter(({ url }) => CHAT.test(new URL(url).pathname));
    await Promise.all(chats.slice(0, -MOST_PAGES).map((old) => pages.delete(old)));
  } else if (answer.status === 403 || answer.status === 410) {
    await pages.delete(path);
  }
}

// Without a network the root leads to the chat that was opened last.
async function elsewhere(pages, url) {
  if (url.pathname !== "/") return null;
  const chats = (await pages.keys()).map((kept) => new URL(kept.url).pathname).filter((path) => CHAT.test(path));
  return chats.length ? Response.redirect(chats.at(-1)) : null;
}

// A page that came through this worker is kept already.
async function keepNew(path) {
  const pages = await caches.open(PAGES);
  if (!(await pages.match(path))) await keep(path);
}

async function keep(path) {
  const answer = await fetch(path, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer) await take(path, answer);
}

addEventListener("message", (event) => {
  const { keep: kept, forget } = event.data;
  if (CHAT.test(kept)) event.waitUntil(keepNew(kept));
  if (CHAT.test(forget)) event.waitUntil(caches.open(PAGES).then((pages) => pages.delete(forget)));
});

// A push says that something waits; what it is stays in the conversation.
addEventListener("push", (event) => {
  const { title, text } = event.data.json();
  const options = { body: text, tag: "waiting", icon: `${BASE}/app/icon-192.png`, lang: "vi" };
  event.waitUntil(registration.showNotification(title, options));
});

// The browser has ended this device's address: the chats that were reminded here get the new one. What cannot be told
// now is told when the chat's page is opened.
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewReminders(event.newSubscription)));

async function renewReminders(given) {
  const database = await opened();
  const reminded = database.objectStoreNames.contains("reminded") ? await noted(database) : [];
  for (const [chat, before] of reminded) {
    const answer = await fetch(`${chat}push?endpoint=`).catch(() => null);
    if (!answer?.ok) continue;
    const { key } = await answer.json();
    given ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const body = JSON.stringify({ ...given.toJSON(), replaces: before });
    const told = await fetch(`${chat}push`, { method: "POST", headers: JSON_HEADERS, body }).catch(() => null);
    if (told?.ok) await settled(database.transaction("reminded", "readwrite").objectStore("reminded").put(given.endpoint, chat));
  }
  database.close();
}

// The chats that are reminded on this device, with the address that the server has.
async function noted(database) {
  const store = database.transaction("reminded").objectStore("reminded");
  const [chats, addresses] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
  return chats.map((chat, index) => [chat, addresses[index]]);
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

// To the page that is open, or else to the root, which leads to the only chat or shows in which something is new.
async function open() {
  const pages = await clients.matchAll({ type: "window" });
  const page = pages.find(({ url }) => CHAT.test(new URL(url).pathname));
  await (page ? page.focus() : clients.openWindow("/"));
}

// The network is back and no page is open: what waits goes from here, in order, under its own ids. A page that opens in
// between sends the same, and the server takes each once.
addEventListener("sync", (event) => {
  if (event.tag === "unsent") event.waitUntil(sendUnsent());
});

async function sendUnsent() {
  const pages = (await clients.matchAll({ type: "window" })).map(({ url }) => new URL(url).pathname);
  const database = await opened();
  const own = await settled(database.transaction("own").objectStore("own").getAll());
  const waiting = own.filter(({ state, chat }) => state === "waiting" && !pages.includes(chat));
  for (const message of waiting.sort((a, b) => a.seq - b.seq)) await send(database, message);
  database.close();
}

// What the server refuses waits for the page, which says why; a failure ends this try, and the browser makes another.
async function send(database, message) {
  const { id, chat, kind, album, more, name } = message;
  const request = { method: "POST", headers: JSON_HEADERS };
  let address = `${chat}say`;
  if (kind === "photo" || kind === "file") {
    const blob = await settled(database.transaction("files").objectStore("files").get(id));
    if (!blob) return;
    request.body = new FormData();
    for (const [field, value] of Object.entries({ id, kind, album, more: more ? "1" : "" })) request.body.append(field, value);
    request.body.append("file", blob, name);
    delete request.headers;
    address = `${chat}files?kind=${kind}`;
  } else request.body = JSON.stringify({ id, ...message.content });
  const answer = await fetch(address, request);
  if (answer.status >= 500) throw new Error(answer.status);
  if (!answer.ok) return;
  const { at, file } = await answer.json();
  await settled(database.transaction("own", "readwrite").objectStore("own").put({ ...message, state: "sent", at, file }));
  await settled(database.transaction("files", "readwrite").objectStore("files").delete(id));
}

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const opened = () => settled(indexedDB.open("unsent"));

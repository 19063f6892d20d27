// What this person wrote, kept in this browser: the server keeps only that a message came. One entry a message, so that
// two tabs never overwrite each other; what is not sent yet survives a reload or a day without a network, and goes out
// under the same id.
//
// A message: { id, chat, kind: "text" | "press" | "position" | "photo" | "file", text, anchor, seq, state, … }
// anchor, after: the bot's last message before it, by its row and its cursor; seq: the order among messages with the
// same anchor; row: a press's message, by its cursor;
// state: "waiting" → "sent" (at: the server's time) or "refused" (why; again: whether another try may help).

import * as blobs from "./blobs.js";
import * as database from "./database.js";

const CHAT = location.pathname;
const BEFORE = `own:${CHAT}`; // where earlier versions kept them, in localStorage
const KEPT = 400; // messages; a year of weekly reports, far below what a browser stores

const messages = new Map();
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel(BEFORE) : null;
let isOver = false;
let writing = Promise.resolve();

// Read them all; until then there are none.
export const loaded = (async () => {
  for (const message of await database.list("own")) if (message.chat === CHAT) messages.set(message.id, message);
  for (const message of fromBefore()) keep(message);
  const sent = all().filter((message) => message.state !== "waiting");
  for (const { id } of sent.slice(0, Math.max(0, messages.size - KEPT))) remove(id);
})();

// What cannot be read any more goes; where a browser forbids storage there is nothing to move.
function fromBefore() {
  try {
    const keys = Object.keys(localStorage).filter((name) => name.startsWith(BEFORE));
    return keys.map(takenOver).filter((message) => message?.id);
  } catch {
    return [];
  }
}

function takenOver(key) {
  const text = localStorage.getItem(key);
  localStorage.removeItem(key);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const all = () => [...messages.values()].sort((a, b) => a.seq - b.seq);

// What is kept now of a message that may have changed meanwhile.
export const present = (message) => messages.get(message.id) ?? message;

function keep(message) {
  const own = { ...message, chat: CHAT };
  messages.set(own.id, own);
  writing = database.put("own", own);
  return own;
}

export function save(message) {
  if (isOver) return message; // an answer to what was still on its way
  const own = keep(message);
  tabs?.postMessage(own);
  return own;
}

// When the last that was saved is on the disk.
export const written = () => writing;

// The chat has ended: nothing of it stays on this device.
export function clear() {
  isOver = true;
  for (const { id } of all()) remove(id);
}

function remove(id) {
  messages.delete(id);
  database.remove("own", id);
  blobs.forget(id);
}

// Messages of other tabs, and of the service worker, as they are written and as they change.
export function onChange(seen) {
  tabs?.addEventListener("message", ({ data }) => {
    if (isOver) return;
    messages.set(data.id, data);
    seen(data);
  });
}

// An id for a new message. crypto.randomUUID exists only on secure origins; a trial on a local network has none.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

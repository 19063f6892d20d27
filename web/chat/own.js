// What this person wrote, kept in this browser: the server keeps only that a message came. One entry a message, so that
// two tabs never overwrite each other; what is not sent yet survives a reload, and goes out under the same id.
//
// A message: { id, kind: "text" | "press" | "position" | "photo" | "file", text, anchor, seq, state, … }
// anchor, after: the bot's last message before it, by its row and its cursor; seq: the order among messages with the
// same anchor; row: a press's message, by its cursor;
// state: "waiting" → "sent" (at: the server's time) or "refused" (why; again: whether another try may help).

import * as blobs from "./blobs.js";

const CHAT = location.pathname;
const PREFIX = `own:${CHAT}`;
const KEPT = 400; // messages; a year of weekly reports, far below what a browser stores

const parse = (json) => {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
};

export function all() {
  const found = [];
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    const message = key.startsWith(PREFIX) && parse(localStorage.getItem(key));
    if (message) found.push(message);
  }
  return found.sort((a, b) => a.seq - b.seq);
}

export const get = (id) => parse(localStorage.getItem(PREFIX + id));

let isOver = false;

export function save(message) {
  if (isOver) return message; // an answer to what was still on its way
  try {
    localStorage.setItem(PREFIX + message.id, JSON.stringify(message));
  } catch {
    drop(100); // full: the oldest make room
    localStorage.setItem(PREFIX + message.id, JSON.stringify(message));
  }
  return message;
}

export function prune() {
  drop(all().length - KEPT);
}

// The chat has ended: nothing of it stays on this device.
export function clear() {
  isOver = true;
  for (const { id } of all()) remove(id);
}

function drop(count) {
  const sent = all().filter((message) => message.state !== "waiting");
  for (const { id } of sent.slice(0, Math.max(0, count))) remove(id);
}

function remove(id) {
  localStorage.removeItem(PREFIX + id);
  blobs.forget(id);
}

// Other tabs' messages, as they are written and as they change.
export function onChange(seen) {
  addEventListener("storage", (event) => {
    const message = event.key?.startsWith(PREFIX) && event.newValue && parse(event.newValue);
    if (message) seen(message);
  });
}

// An id for a new message. crypto.randomUUID exists only on secure origins; a trial on a local network has none.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

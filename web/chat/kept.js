// The bot's last messages, kept so that the page opens without a network. Its own and the server's order is the rows'.

import * as database from "./database.js";

const CHAT = location.pathname;
const MOST = 40; // messages, as many as the server shows at first
const SOON = 50; // ms: what comes together is written together; a page that is left writes nothing any more

const rows = new Map();
let timer = 0;

export function keep(row) {
  rows.set(row.id, row);
  timer ||= setTimeout(write, SOON);
}

function write() {
  timer = 0;
  const last = [...rows.values()].sort((a, b) => a.id - b.id).slice(-MOST);
  database.put("rows", last, CHAT);
}

export const find = async () => (await database.find("rows", CHAT)) ?? [];

// The server begins anew: what it says now is all there is.
export const anew = () => rows.clear();

export function forget() {
  clearTimeout(timer);
  timer = 0;
  rows.clear();
  return database.remove("rows", CHAT);
}

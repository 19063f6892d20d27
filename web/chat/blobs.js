// Photos and files that are not sent yet, kept in this browser so that a reload or a dead spot loses none. Where it
// forbids storage they live in memory only, and a reload says that they must be chosen again.

import * as database from "./database.js";

const memory = new Map();

export async function keep(id, blob) {
  memory.set(id, blob);
  await database.put("files", blob, id);
}

export const find = async (id) => memory.get(id) ?? database.find("files", id);

export const forget = (id) => database.remove("files", id); // memory keeps it: the picture is still on the page

// After a backup was restored the server's history ends earlier, or goes on with other messages under the same ids. So
// a message that was sent may be unknown there, whatever this page was told.

// The sent messages since the last of the bot's that was here before. `before`: the cursors that this page showed until
// the server began anew, null if it was just opened; then only a message that does not fit tells of a restore.
function suspects(messages, { lastRow, cursors }, before) {
  const sent = messages.filter((message) => message.state === "sent");
  const fits = ({ anchor, after }) => anchor <= lastRow && (!cursors.has(anchor) || cursors.get(anchor) === after);
  if (!before && sent.every(fits)) return [];
  const seen = new Set([...(before ?? []), ...sent.map((message) => message.after)]);
  const common = Math.max(0, ...[...cursors.keys()].filter((row) => seen.has(cursors.get(row))));
  return sent.filter((message) => message.anchor >= common);
}

// Which of this person's messages the server no longer has, and which it has nevertheless: [lost, kept].
export async function forgotten(messages, timeline, before) {
  const asked = suspects(messages, timeline, before);
  if (!asked.length) return [[], []];
  const body = JSON.stringify(asked.map(({ id, album }) => ({ id, album: album ?? "" })));
  const answer = await fetch("known", { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return [[], []]; // the next beginning asks again
  const known = new Set(await answer.json());
  return [asked.filter(({ id }) => !known.has(id)), asked.filter(({ id }) => known.has(id))];
}

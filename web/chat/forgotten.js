// After a backup was restored the server's history ends earlier, or goes on with other messages under the same ids. So
// a message that was sent may be unknown there, whatever this page was told.

// Those of the sent messages that do not fit the history as it is now.
function suspects(messages, { lastRow, cursors }, isRestored) {
  const fits = ({ anchor, after }) =>
    anchor < lastRow || (anchor === lastRow && !isRestored)
      ? !cursors.has(anchor) || cursors.get(anchor) === after
      : false;
  return messages.filter((message) => message.state === "sent" && !fits(message));
}

// Which of this person's messages the server no longer has, and which it has nevertheless: [lost, kept].
export async function forgotten(messages, timeline, isRestored) {
  const asked = suspects(messages, timeline, isRestored);
  if (!asked.length) return [[], []];
  const body = JSON.stringify(asked.map(({ id, album }) => ({ id, album: album ?? "" })));
  const answer = await fetch("known", { method: "POST", body }).catch(() => null);
  if (!answer?.ok) return [[], []]; // the next beginning asks again
  const known = new Set(await answer.json());
  return [asked.filter(({ id }) => !known.has(id)), asked.filter(({ id }) => known.has(id))];
}

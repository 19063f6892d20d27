// Which messages' buttons still answer what is open now; those of all others have been answered, or overtaken.
//
// A message that answers something bears its turn. So it is known in every browser of a chat that the person has gone
// on, also where somebody else's browser sent what was said.

export const before = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

// The items that are present, of { place, isOwn, isRefused, turn, hasChoices, isQuestion } in order. A reminder that
// comes in between leaves the open question's buttons as they are.
export function present(items) {
  const written = items.findLast((item) => item.isOwn && !item.isRefused);
  const turn = Math.max(0, ...items.map((item) => item.turn || 0));
  const answer = turn ? items.find((item) => item.turn === turn) : null;
  const isPast = ({ place }) =>
    (written && before(place, written.place) < 0) || (answer && before(place, answer.place) < 0);
  const last = ["hasChoices", "isQuestion"].map((has) => items.findLast((item) => item[has]));
  return last.filter((item) => item && !isPast(item));
}

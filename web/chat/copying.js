// Puts a table on the clipboard, as text with tabs for a spreadsheet and as a table for a document. A spreadsheet takes
// "=1+1" for a formula: such a text gets a mark before it that makes it a text.

const FORMULA = /^[=+\-@\t]/;

// Counts without the marks that group their digits, which not every spreadsheet reads alike.
function plain(cell) {
  const [text, value] = Array.isArray(cell) ? cell : [cell, cell];
  if (value === null) return "";
  if (Number.isInteger(value) && /^-?[\d.,]+$/.test(text)) return String(value);
  return FORMULA.test(text) && typeof value === "string" ? `'${text}` : text;
}

function rows({ columns, sections, totals }) {
  const lines = [columns.map(({ head }) => plain(head))];
  for (const section of sections) {
    if (section.title) lines.push((section.totals ?? [section.title]).map(plain));
    lines.push(...section.rows.map((cells) => cells.map(plain)));
  }
  if (totals) lines.push(totals.map(plain));
  return lines;
}

function html(lines) {
  const table = document.createElement("table");
  for (const cells of lines) {
    const line = table.insertRow();
    for (const cell of cells) line.insertCell().textContent = cell;
  }
  return table.outerHTML;
}

// Where no clipboard is given (a page without https), the table is selected and copied as it stands.
function select(element) {
  const selection = getSelection();
  selection.selectAllChildren(element);
  document.execCommand("copy");
  selection.removeAllRanges();
}

export async function copyTable(element, given) {
  const lines = rows(given);
  const text = lines.map((cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
  try {
    const blob = (type, content) => [type, new Blob([content], { type })];
    const item = new ClipboardItem(Object.fromEntries([blob("text/plain", text), blob("text/html", html(lines))]));
    await navigator.clipboard.write([item]);
  } catch {
    select(element);
  }
}

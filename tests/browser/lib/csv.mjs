/** The rows of a CSV text as RFC 4180 has it; anything else is an error. */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const quote = text.indexOf('"', at);
        if (quote < 0) throw new Error(`row ${rows.length + 1}: a quoted cell does not end`);
        cell += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    } else {
      const end = /[,\r\n]|$/g;
      end.lastIndex = at;
      const { index } = end.exec(text);
      cell = text.slice(at, index);
      if (cell.includes('"')) throw new Error(`row ${rows.length + 1}: a quotation mark in a cell without quotes`);
      at = index;
    }
    row.push(cell);
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    if (at < text.length && !text.startsWith('\r\n', at)) {
      throw new Error(`row ${rows.length + 1}: ends with ${JSON.stringify(text[at])}, not with CR LF`);
    }
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A cell as a spreadsheet may safely see it: what would begin a formula gets an apostrophe. */
export const defused = (cell) => (/^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell);

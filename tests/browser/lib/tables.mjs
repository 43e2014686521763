import assert from 'node:assert/strict';

/** The table of a page with a caption: its column heads as texts, its rows as lists of cells. */
export function tableWith(page, caption) {
  const found = page.all('table').filter((table) => page.inside(table, 'caption')[0]?.text === caption);
  assert.equal(
    found.length,
    1,
    `${page.path} has ${found.length} tables with the caption "${caption}"; one is expected`,
  );
  const [head, ...rows] = page.inside(found[0], 'tr').map((row) => page.inside(row, 'th', 'td'));
  return { heads: head.map((cell) => cell.text), rows };
}

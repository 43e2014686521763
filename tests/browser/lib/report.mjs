import assert from 'node:assert/strict';

const shown = Number(process.env.FINDINGS ?? 20);

/** Fails with a readable list unless `findings` is empty. FINDINGS sets how many are shown. */
export function none(findings, rule) {
  if (findings.length === 0) return;
  const lines = findings.slice(0, shown).map((finding) => `  ${finding}`);
  if (findings.length > shown) lines.push(`  … and ${findings.length - shown} more (FINDINGS=1000 shows them)`);
  const places = findings.length === 1 ? '1 place does not hold to it' : `${findings.length} places do not hold to it`;
  assert.fail(`${rule}; ${places}:\n${lines.join('\n')}`);
}

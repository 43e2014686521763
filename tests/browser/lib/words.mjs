// The words in which readers meet the values of front matter.

export const directions = {
  'favours-ipt': 'Favours IPT',
  mixed: 'Mixed',
  'no-difference': 'No clear difference',
  'favours-comparator': 'Favours the comparison',
};

export const certainties = {
  high: 'High',
  moderate: 'Moderate',
  low: 'Low',
  'very-low': 'Very low',
  'not-rated': 'Not rated',
};

/** A text without the marks of Markdown, with typographic signs made plain. */
export const plain = (text) =>
  text
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/--+/g, '-')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

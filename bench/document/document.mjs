// docs/performance.md and its figures, made from one file of results and from nothing else.

import { THREADS, works } from '../peers/works.mjs';
import { median, rounded } from '../statistics.mjs';
import { standings, stepTime, targetsTable } from '../targets.mjs';
import { growthFigure } from './growth-figure.mjs';
import { labSection } from './lab-section.mjs';
import { provenance } from './provenance.mjs';
import { rooflineFigure } from './roofline-figure.mjs';
import { stepsFigure } from './steps-figure.mjs';
import { table } from './table.mjs';

/** @typedef {import('../measurement.mjs').Result} Result */
/** @typedef {import('../peers/contest.mjs').Standing} Standing */
/** @typedef {import('../grokscope.mjs').Drawing} Drawing */
/** @typedef {import('../roofline.mjs').Roofline} Roofline */
/** @typedef {import('../reproduce/record.mjs').ReproductionRecord} ReproductionRecord */

/**
 * What a file of results holds.
 * @typedef {object} ResultsFile
 * @property {string} date
 * @property {string} version
 * @property {string} numeric_version
 * @property {import('../machine.mjs').MachineNote} machine
 * @property {{ before: number, after: number }} load
 * @property {import('../targets.mjs').Results} results
 */

/** A file of results and its path in the repository. @typedef {{ source: string, file: ResultsFile }} Sourced */

/**
 * Every file of the document, by its path below docs/.
 * @param {ResultsFile} file
 * @param {string} source its path in the repository
 * @param {Drawing} drawing
 * @param {object} others
 * @param {ReproductionRecord} [others.longRun] a recorded reproduction on the reference transformer modulo 113, trained to grokking
 * @param {Sourced} [others.lab] where the lab was measured
 * @returns {Map<string, string>}
 */
export function performanceFiles(file, source, drawing, { longRun, lab }) {
  const { results } = file;
  /** @type {Map<string, string>} */
  const files = new Map();
  const picture = (/** @type {string} */ name, /** @type {string} */ words, /** @type {string} */ svg) => {
    const path = `figures/performance-${name}.svg`;
    files.set(path, svg);
    return `![${words}](${path})`;
  };
  const sections = [opening, provenance(file, source)];
  sections.push('## Targets', targetsText, targetRows(results));
  if (standings(results, 'peers').length > 0) {
    sections.push(
      '## A step, ours and theirs',
      peersText,
      picture('steps', 'Time of a step of each program, task by task', stepsFigure(results, drawing)),
      stepRows(results),
    );
  }
  const rooflines = (results.roofline ?? []).map(({ raw }) => /** @type {Roofline} */ (raw));
  if (rooflines.length > 0) {
    sections.push(
      '## Where the time of a step goes',
      rooflineText,
      picture(
        'roofline',
        'Kinds of work in a step under the limits of the processor',
        rooflineFigure(rooflines, drawing),
      ),
      rooflineRows(rooflines),
      limitWords(results, rooflines),
    );
  }
  if (results.steps)
    sections.push(
      `By kind of instruction, on Node ${file.machine.node} and one thread:`,
      bullets(results.steps),
    );
  const section = (/** @type {string} */ title, /** @type {string[]} */ ...parts) => {
    const present = parts.filter((part) => part !== '');
    if (present.length > 0) sections.push(title, ...present);
  };
  const pictures = growth(results, drawing).map(({ name, words, svg }) => picture(name, words, svg));
  if (pictures.length > 0) section('## How it grows', growthText, ...pictures);
  section(
    '## Whole runs',
    bullets([...(results.grok ?? []), ...(results.pool ?? [])]),
    longRunWords(results, longRun),
  );
  section('## Measuring', measuringText, bullets(results.measuring ?? []));
  section('## Memory', memoryRows(results), bullets([...(results.memory ?? []), ...(results.heap ?? [])]));
  section('## Start', bullets(results['start-up'] ?? []));
  if (lab !== undefined) section('## The lab', ...labSection(lab));
  section('## Repeat it', repeatText);
  files.set('performance.md', `${sections.join('\n\n')}\n`);
  return files;
}

const opening = `# Performance

How fast a training step is, against other programs on the same machine, where its time goes, and how it grows. Every number
and picture here is made by \`npm run bench -- document\` from the file of results named below; nothing is typed by hand.`;

const targetsText = `Set before anything was measured; they stay, met or not. "×" is how many times faster than the peer named,
by medians of turns taken in one run.`;

const peersText = `All programs train the same network from the same weights on the same examples: before anything is timed, the losses of the first
steps must agree (the largest relative difference stands in the last column). PyTorch and JAX look operands up instead of multiplying
one-hots, compute the last position only, and use the fastest AdamW they have; JAX and jax-js compile the whole step. All in f32.`;

const rooflineText = `The plan says how many operations and bytes each kind of work takes (\`grokscope explain-plan\`), a profile how long it takes, and
two small programs beside it what the processor can do at most under WebAssembly: fused multiply-adds in registers, and additions that
read and write memory. Most bytes of a step stay in the caches, so the roof of the first cache is the one that counts.`;

const growthText = `Both axes are logarithmic: a straight line is a power law.`;

const measuringText = `At every evaluation of a run with \`spectral.compute\` ([measures.md](measures.md)); at most 10 % was the target.`;

const repeatText = `\`npm run bench\` on a fresh clone installs what it needs (PyTorch and JAX with pip into \`.cache/bench\`, jax-js, TensorFlow.js and another
Node with npm), measures everything in about a quarter of an hour, prints the targets, writes \`bench/results/\` and makes this
page. \`npm run bench -- peers threads\` measures only what is named and writes nothing. Without Python or Chromium it says so and does
the rest. Use a quiet machine: turns are interleaved, so noise disturbs all programs alike, but it does not make them faster.`;

/** @param {import('../targets.mjs').Results} results */
function targetRows(results) {
  return table(
    ['', 'Node ≥ 24', 'Node 20, or Chromium where named'],
    targetsTable(results).map(({ what, node24, node20 }) => [what, node24, node20]),
  );
}

/** @param {import('../targets.mjs').Results} results */
function stepRows(results) {
  const found = standings(results, 'peers');
  const rows = works.flatMap((work) =>
    found
      .filter((standing) => standing.work === work.name)
      .map(({ title, version, threads, step_ms, deviation }) => [
        work.title,
        title,
        version,
        String(threads),
        `${rounded(median(step_ms), 2)} (${rounded(Math.min(...step_ms), 2)}–${rounded(Math.max(...step_ms), 2)})`,
        deviation === undefined ? '' : deviation === 0 ? 'same bits' : String(deviation),
      ]),
  );
  return table(['work', 'program', 'version', 'threads', 'ms per step (range)', 'losses differ by'], rows);
}

/** FLOPs of the products of a step of R1: forward, and backward to both factors; 4,705 examples, 500 hidden units, 97 classes. */
const R1_FLOPS = 3 * 2 * 4705 * 500 * 97;

/**
 * What the processor leaves room for: the targets against a step whose products run at the measured limit on all cores, with
 * everything else for free.
 * @param {import('../targets.mjs').Results} results
 * @param {readonly Roofline[]} rooflines
 */
function limitWords(results, rooflines) {
  const found = standings(results, 'peers');
  const sentences = rooflines.flatMap(({ node, limits, groups }) => {
    const products = groups.find(({ group }) => group === 'products');
    const all = groups.reduce((sum, { ms }) => sum + ms, 0);
    const peer = (/** @type {string} */ work) => stepTime(found, work, 'torch-compile');
    const [p113, r1] = [peer('p113'), peer('r1')];
    if (products === undefined || p113 === undefined || r1 === undefined) return [];
    const perMs = limits.gflops * THREADS * 1e6;
    const least = (/** @type {number} */ flops) => rounded(flops / perMs, 1);
    const times = (/** @type {number} */ ms, /** @type {number} */ flops) => rounded((ms * perMs) / flops, 1);
    return [
      `${node}: at ${limits.gflops} GFLOP/s on each of ${THREADS} cores the products of p 113 alone take ${least(products.flops)} ms, so that ` +
        `${times(p113, products.flops)} × torch.compile is the most there is here; those of R1 take ${least(R1_FLOPS)} ms, ` +
        `${times(r1, R1_FLOPS)} ×. Of a step of p 113 on one thread ${rounded(products.ms, 1)} ms are products, ` +
        `${rounded(all - products.ms, 1)} ms the rest.`,
    ];
  });
  if (sentences.length === 0) return '';
  const opening =
    'Where a target is missed, this is what stands between: products that run at the measured limit, with everything else for free, ' +
    'would give at most';
  return `${opening}\n\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`;
}

/**
 * What training to grokking takes each program, from its time per step; empty where either is not known.
 * @param {import('../targets.mjs').Results} results
 * @param {ReproductionRecord} [record]
 */
function longRunWords(results, record) {
  const found = standings(results, 'peers').filter(({ work }) => work === 'p113');
  if (record === undefined || found.length === 0) return '';
  const steps = record.runs.map((run) => run.steps);
  const middle = median(steps);
  const times = found.map(
    ({ title, step_ms }) => `${title} ${rounded((middle * median(step_ms)) / 60_000, 1)} minutes`,
  );
  return (
    `The reference transformer modulo 113 (${record.id} of [reproductions.md](reproductions.md#${record.id.toLowerCase()})) stops ` +
    `${steps.join(', ')} steps after its start with the seeds ${record.runs.map(({ seed }) => seed).join(', ')}, when it has grokked. ` +
    `${middle} steps, evaluations apart, take by the times per step above: ${times.join(', ')}.`
  );
}

/** @param {readonly Roofline[]} rooflines */
function rooflineRows(rooflines) {
  const rows = rooflines.flatMap(({ node, limits, groups }) => {
    const total = groups.reduce((sum, { ms }) => sum + ms, 0);
    const bandwidth = Math.max(...Object.values(limits.gigabytes_per_s));
    return groups.map(({ group, ms, flops, bytes }) => {
      const speed = flops / ms / 1e6;
      const limit = bytes > 0 ? Math.min(limits.gflops, (bandwidth * flops) / bytes) : limits.gflops;
      const reached =
        flops > 0 ? [`${rounded(speed, 1)}`, `${Math.round((100 * speed) / limit)} %`] : ['', ''];
      return [node, group, `${rounded(ms, 2)} ms`, `${Math.round((100 * ms) / total)} %`, ...reached];
    });
  });
  return table(['', 'work', 'time', 'of the step', 'GFLOP/s', 'of its limit'], rows);
}

/**
 * The pictures of growth that the results allow.
 * @param {import('../targets.mjs').Results} results
 * @param {Drawing} drawing
 */
function growth(results, drawing) {
  const pOf = (/** @type {Standing} */ { work }) => (/^p\d+$/.test(work) ? Number(work.slice(1)) : undefined);
  const threadsOf =
    (/** @type {string} */ name) =>
    (/** @type {Standing} */ { work, threads }) =>
      work === name ? threads : undefined;
  const widthOf =
    (/** @type {string} */ letter) =>
    (/** @type {Standing} */ { work }) =>
      work.startsWith(letter) ? Number(work.slice(1)) : undefined;
  const byP = curves(standings(results, 'peers'), pOf, ({ step_ms }) => median(step_ms));
  const memory = curves(standings(results, 'peers'), pOf, ({ peak_mb }) => peak_mb);
  const time = (/** @type {Standing} */ { step_ms }) => median(step_ms);
  const wide = standings(results, 'growth');
  const threaded = standings(results, 'threads');
  const pictures = [
    {
      name: 'growth-p',
      words: 'Time of a step and resident memory over p',
      title: 'Growth with p, reference transformer',
      yTitle: `On ${THREADS} threads; p 53 and 23 train on half of the pairs, the others on 30 %.`,
      panels: [
        { title: 'ms per step', xTitle: 'p', curves: byP },
        { title: 'resident memory, MB', xTitle: 'p', curves: memory },
      ],
    },
    {
      name: 'growth-width',
      words: 'Time of a step over the width of the network',
      title: 'Growth with width',
      yTitle: `ms per step on ${THREADS} threads.`,
      panels: [
        {
          title: 'transformer, p 53',
          xTitle: 'd_model (d_mlp is four times that)',
          curves: curves(wide, widthOf('d'), time),
        },
        { title: 'R1', xTitle: 'hidden units', curves: curves(wide, widthOf('h'), time) },
      ],
    },
    {
      name: 'growth-threads',
      words: 'Time of a step on one thread and on two',
      title: 'Growth with threads',
      yTitle: 'ms per step.',
      panels: [
        { title: 'transformer, p 113', xTitle: 'threads', curves: curves(threaded, threadsOf('p113'), time) },
        { title: 'R1', xTitle: 'threads', curves: curves(threaded, threadsOf('r1'), time) },
      ],
    },
  ];
  return pictures
    .filter(({ panels }) => panels.every((panel) => panel.curves.length > 0))
    .map(({ name, words, ...chart }) => ({ name, words, svg: growthFigure(chart, drawing) }));
}

/**
 * One curve for each program.
 * @param {readonly Standing[]} found
 * @param {(standing: Standing) => number | undefined} xOf undefined leaves it out
 * @param {(standing: Standing) => number | undefined} measure undefined leaves it out
 */
function curves(found, xOf, measure) {
  const programs = [...new Set(found.map(({ contestant }) => contestant))];
  return programs
    .map((program) => ({
      program,
      points: found
        .filter(({ contestant }) => contestant === program)
        .flatMap((standing) => {
          const [x, value] = [xOf(standing), measure(standing)];
          return x === undefined || value === undefined ? [] : [{ x, value }];
        })
        .sort((a, b) => a.x - b.x),
    }))
    .filter(({ points }) => points.length > 1);
}

/** @param {import('../targets.mjs').Results} results */
function memoryRows(results) {
  const found = standings(results, 'peers').filter(({ peak_mb }) => peak_mb !== undefined);
  if (found.length === 0) return '';
  const present = works.filter((work) => found.some((standing) => standing.work === work.name));
  const programs = [...new Set(found.map(({ title }) => title))];
  const rows = programs.map((title) => [
    title,
    ...present.map(({ name }) => {
      const one = found.find((standing) => standing.work === name && standing.title === title);
      return one?.peak_mb === undefined ? '' : String(Math.round(one.peak_mb));
    }),
  ]);
  return `Largest resident memory of the process, MB:\n\n${table(['', ...present.map(({ title }) => title)], rows)}`;
}

/** @param {readonly Result[]} results */
function bullets(results) {
  return results
    .map(
      ({ what, value, unit, remark }) =>
        `- ${what}: **${value}${unit && ` ${unit}`}**${remark ? ` (${remark})` : ''}`,
    )
    .join('\n');
}

// The lab in this machine's Chromium: the first picture, a training in the page beside the same by the command, frames a second
// meanwhile, and those of a chart of 10⁵ points that is moved.

import { inWords } from './lab/frames.mjs';
import { POINTS, panLongRun, writeLongRun } from './lab/panning.mjs';
import { serveLab } from './lab/served.mjs';
import { trainByCommand, trainInPage } from './lab/training.mjs';
import { inFolder } from './process.mjs';
import { median, rounded } from './statistics.mjs';

/** GROKSCOPE_BENCH_ROUNDS=1 for a quick look. */
const ROUNDS = Number(process.env.GROKSCOPE_BENCH_ROUNDS ?? 5);
/** Frames a second that a page should reach while it trains, and ms to its first picture, as set before anything was measured. */
const [FRAMES, FIRST_PICTURE] = [50, 1000];

/** @type {readonly import('./lab/training.mjs').LabWork[]} */
const works = [
  { title: 'R1', preset: 'r1', overrides: [] },
  { title: 'p 53, 400 steps', preset: 'p53', overrides: ['train.total_steps=400'] },
  {
    title: 'modular-addition, 400 steps',
    preset: 'modular-addition',
    overrides: ['train.total_steps=400'],
  },
];

/** @type {import('./measurement.mjs').Measurement} */
export const measurement = {
  name: 'lab',
  about: 'the lab in Chromium: first picture, training beside the command, frames a second',
  measure: () =>
    inFolder(async (runs) => {
      await writeLongRun(runs);
      const lab = await serveLab(runs);
      try {
        return await measureIn(lab);
      } finally {
        await lab.close();
      }
    }),
};

/**
 * @param {import('./lab/served.mjs').ServedLab} lab
 * @returns {Promise<import('./measurement.mjs').Result[]>}
 */
async function measureIn(lab) {
  const results = [];
  for (const work of works) results.push(...(await trainingResults(lab, work)));
  const pans = [];
  for (let round = 0; round < ROUNDS; round++) pans.push(await panLongRun(lab));
  results.push({
    what: `moving a chart of ${POINTS} evaluations, half of them in view`,
    value: median(pans.map(({ perSecond }) => perSecond)),
    unit: 'frames/s',
    target: { atLeast: FRAMES },
    remark: inWords(pans[0]),
    raw: { browser: lab.browser, pans },
  });
  return results;
}

/**
 * @param {import('./lab/served.mjs').ServedLab} lab
 * @param {import('./lab/training.mjs').LabWork} work
 * @returns {Promise<import('./measurement.mjs').Result[]>}
 */
async function trainingResults(lab, work) {
  const [inPage, byCommand] = [[], []].map((all) => /** @type {any[]} */ (all));
  for (let round = 0; round < ROUNDS; round++) {
    inPage.push(await trainInPage(lab, work));
    byCommand.push(await trainByCommand(work));
  }
  /** @type {readonly import('./lab/training.mjs').InPage[]} */
  const pages = inPage;
  const of = (/** @type {(one: import('./lab/training.mjs').InPage) => number} */ read) =>
    median(pages.map(read));
  const command = median(byCommand.map(({ seconds }) => seconds));
  const loop = median(byCommand.map(({ training_seconds }) => training_seconds));
  const { steps, computed_on, frames } = pages[0];
  const seconds = of((page) => page.seconds);
  const grokked = pages.flatMap(({ grokked_seconds }) => grokked_seconds ?? []);
  return [
    {
      what: `${work.title} in the page, from Play to the end`,
      value: seconds,
      unit: 's',
      remark:
        `${steps} steps, ${rounded(steps / seconds, 1)} a second on ${computed_on}; the command takes ${command} s from the shell, ` +
        `${loop} s of it from the first step to the last, ${rounded(steps / loop, 1)} steps a second`,
      raw: { work, browser: lab.browser, in_page: pages, by_command: byCommand },
    },
    ...(grokked.length === 0
      ? []
      : [
          {
            what: `${work.title} in the page, from Play to grokked`,
            value: median(grokked),
            unit: 's',
            raw: grokked,
          },
        ]),
    {
      what: `${work.title}: first picture after the navigation`,
      value: of((page) => page.first_picture_ms),
      unit: 'ms',
      target: { atMost: FIRST_PICTURE },
      raw: pages.map(({ first_picture_ms }) => first_picture_ms),
    },
    {
      what: `${work.title}: frames while it trains`,
      value: of((page) => page.frames.perSecond),
      unit: 'frames/s',
      target: { atLeast: FRAMES },
      remark: inWords(frames),
      raw: pages.map((page) => page.frames),
    },
  ];
}

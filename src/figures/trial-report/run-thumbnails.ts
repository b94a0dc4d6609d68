/** Every run of an arm as a picture the size of a stamp: its accuracies over time, where it grokked and where it diverged. */
import type { RunResult } from '../../trials/results.ts';
import type { Trial } from '../../trials/trial.ts';
import { escaped } from '../svg.ts';
import { counted } from './effect-words.ts';

/** Size of a picture in px. */
const WIDTH = 84;
const HEIGHT = 44;
const EDGE = 3;

/** Styles of the pictures for a page; colours of train and held-out are custom properties. */
export const thumbnailStyles = `
.runs{display:grid;grid-template-columns:repeat(auto-fill,minmax(${WIDTH}px,1fr));gap:.5rem .75rem;margin:.25rem 0 1.25rem;max-width:64rem}
.runs a{color:var(--muted);font-size:.75rem;line-height:1.2;text-decoration:none;display:block}
.runs a:hover,.runs a:focus{color:var(--ink);text-decoration:underline}
.runs svg{display:block;width:100%;max-width:${Math.round(1.5 * WIDTH)}px;height:auto;border:1px solid var(--grid)}
.runs path{fill:none;stroke-width:1.5}
.runs .t{stroke:var(--gs-train)}
.runs .h{stroke:var(--gs-val)}
.runs .g{stroke:var(--gs-grokked);stroke-width:1}
.runs .x{stroke:var(--ink);stroke-width:2}
`;

/**
 * One position on the axis of steps, 0 to 1: logarithmic, moved by one step so that step 0 has its place; `last` is the
 * end of the axis.
 */
function stepShare(step: number, last: number): number {
  return Math.log10(1 + Math.max(0, step)) / Math.log10(1 + Math.max(1, last));
}

/** The step at which the run grokked, where an endpoint of the trial is just that; null where it did not, or none is. */
export function grokkedStep({ endpoints }: Pick<Trial, 'endpoints'>, run: RunResult): number | null {
  const name = Object.keys(endpoints).find((key) => {
    const endpoint = endpoints[key];
    return (
      endpoint.kind === 'time' &&
      endpoint.after === null &&
      'milestone' in endpoint.event &&
      endpoint.event.milestone === 'grokked'
    );
  });
  const seen = name === undefined ? undefined : run.endpoints[name];
  return seen?.observed === true ? seen.value : null;
}

/**
 * The runs of one arm as linked pictures.
 * @param folder the way from the page to the folder of all runs
 * @param last the step at the right end of all pictures
 */
export function runThumbnails(
  trial: Pick<Trial, 'endpoints'>,
  runs: readonly RunResult[],
  folder: string,
  last: number,
): string {
  return `<div class="runs">\n${runs.map((run) => thumbnail(trial, run, folder, last)).join('\n')}\n</div>`;
}

function thumbnail(trial: Pick<Trial, 'endpoints'>, run: RunResult, folder: string, last: number): string {
  const x = (step: number) => tenths(EDGE + stepShare(step, last) * (WIDTH - 2 * EDGE));
  const y = (accuracy: number) => tenths(HEIGHT - EDGE - accuracy * (HEIGHT - 2 * EDGE));
  const curve = (of: 1 | 2) => {
    const points = run.curve.flatMap((point) => {
      const accuracy = point[of];
      return accuracy === null ? [] : [{ step: x(point[0]), height: y(accuracy) }];
    });
    // Within a level stretch points change nothing of the picture.
    const seen = points.filter(
      ({ height }, i) => height !== points[i - 1]?.height || height !== points[i + 1]?.height,
    );
    return seen.map(({ step, height }) => `${step} ${height}`).join('L');
  };
  const grokked = grokkedStep(trial, run);
  const words = runWords(run, grokked);
  const path = (kind: string, d: string) => (d === '' ? '' : `<path class="${kind}" d="M${d}"/>`);
  const cross =
    run.diverged_at === null
      ? ''
      : (([cx, cy]) => `${cx - 4} ${cy - 4}l8 8m0-8l-8 8`)([
          Math.min(x(run.diverged_at), WIDTH - 8),
          HEIGHT / 2,
        ]);
  const href = [folder, ...run.folder.split('/').map(encodeURIComponent)].join('/');
  return (
    `<a href="${escaped(href)}/" title="${escaped(`${words}; run id ${run.run_id}`)}">` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(words)}">` +
    path('g', grokked === null ? '' : `${x(grokked)} 0V${HEIGHT}`) +
    path('t', curve(1)) +
    path('h', curve(2)) +
    path('x', cross) +
    `</svg>seed ${run.seed}</a>`
  );
}

/** What became of a run, in words. */
function runWords(run: RunResult, grokked: number | null): string {
  if (run.diverged_at !== null) return `seed ${run.seed}: diverged at step ${run.diverged_at}`;
  if (grokked !== null) return `seed ${run.seed}: grokked at step ${grokked}`;
  return `seed ${run.seed}: ${counted(run.last_step, 'step')}`;
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}

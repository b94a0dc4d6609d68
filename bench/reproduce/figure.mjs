// The accuracies of all runs of a reproduction as one figure: held-out above, train below, one curve for each seed.

/** @typedef {import('./record.mjs').ReproductionRecord} ReproductionRecord */
/** @typedef {import('./reproductions.mjs').Reproduction} Reproduction */
/** @typedef {import('../../src/figures/line-chart.ts').Panel} Panel */

/** @param {Reproduction} reproduction */
export function figureFile({ id }) {
  return `figures/reproduction-${id.toLowerCase()}.svg`;
}

/**
 * The figure as SVG; undefined for a reproduction without curves.
 * @param {Reproduction} reproduction
 * @param {ReproductionRecord} record
 * @param {typeof import('../../src/figures/line-chart.ts').lineChart} lineChart
 */
export function figureOf({ id, title, curves }, { runs }, lineChart) {
  if (curves === undefined) return undefined;
  const panels = [
    panelOf('Held-out accuracy (%)', 'held_out', 'val', runs),
    panelOf('Train accuracy (%)', 'train', 'train', runs),
  ];
  const description = `${title}. Accuracies of ${runs.length} seeds over training steps.`;
  return lineChart({ title: id, description, panels }, { xscale: curves });
}

/**
 * @param {string} title
 * @param {'held_out' | 'train'} split
 * @param {'val' | 'train'} color
 * @param {ReproductionRecord['runs']} runs
 * @returns {Panel}
 */
function panelOf(title, split, color, runs) {
  return {
    title,
    range: { scale: 'linear', low: 0, high: 1, format: (value) => `${Math.round(100 * value)}` },
    curves: runs.map(({ seed, evaluations }) => ({
      name: `seed ${seed}`,
      color,
      points: evaluations.step.map((step, i) => ({ step, value: evaluations[split][i] })),
    })),
  };
}

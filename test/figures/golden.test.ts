import { expect, test } from 'vitest';
import { accuracyCurves } from '../../src/figures/accuracy-curves.ts';
import { embeddingPlanes } from '../../src/figures/embedding-planes.ts';
import { lossCurves } from '../../src/figures/loss-curves.ts';
import { milestonesOf } from '../../src/figures/run-figure.ts';
import { spectralCurves } from '../../src/figures/spectral-curves.ts';
import { spectrumHeatMap } from '../../src/figures/spectrum-heat-map.ts';
import { timeToGeneralization } from '../../src/figures/time-to-generalization.ts';
import { everySteps, simulatedPlane, simulatedRun, simulatedSpectrum } from './simulated-run.ts';

// The pictures in test/golden are meant to be looked at. After an intended change: npx vitest run test/figures -u

const grokking = simulatedRun({
  name: 'grokking',
  steps: [0, ...everySteps(20, 600).slice(1), ...everySteps(200, 20_000).slice(4)],
  memorized: 140,
  grokked: 10_000,
  spectral: true,
});
const censored = simulatedRun({
  name: 'censored',
  steps: everySteps(500, 30_000),
  memorized: 900,
  grokked: 90_000,
  test: true,
});
const quick = simulatedRun({ name: 'quick', steps: everySteps(2, 100), memorized: 12, grokked: 48 });
const times = [grokking, censored, quick].map((run) => ({ name: run.name, milestones: milestonesOf(run) }));

const pictures = {
  accuracy_log: accuracyCurves(grokking),
  accuracy_linear_phone: accuracyCurves(quick, { xscale: 'linear', width: 360 }),
  loss_log_dark: lossCurves(censored, { theme: 'dark' }),
  spectral_log: spectralCurves(grokking),
  spectral_log_phone: spectralCurves(grokking, { width: 360 }),
  spectrum: spectrumHeatMap({
    name: 'grokking',
    step: 20_000,
    power: simulatedSpectrum(23, [3, 8, 10], 1e-4),
  }),
  embedding_planes: embeddingPlanes({
    name: 'grokking',
    step: 20_000,
    planes: [simulatedPlane(23, 8, 0.52, 1, 0.05), simulatedPlane(23, 3, 0.31, 0.7, 0.4)],
  }),
  time_to_generalization: timeToGeneralization(times),
};

test.each(Object.entries(pictures))('%s looks as it did', async (name, svg) => {
  await expect(svg).toMatchFileSnapshot(`../golden/${name}.svg`);
});

/** Figures of runs as pure functions, rows of metrics in and SVG out: the same bytes in Node and in browsers. */

export { accuracyCurves } from './accuracy-curves.ts';
export { type EmbeddingPlane, type EmbeddingPlanes, embeddingPlanes } from './embedding-planes.ts';
export { figureSet, type RunFigures } from './figure-set.ts';
export { type FigureOptions, type LineChart, lineChart, type Panel } from './line-chart.ts';
export { lossCurves } from './loss-curves.ts';
export { type Meaning, type Paper, palette, type Theme, withTheme } from './palette.ts';
export type { RunMetrics } from './run-figure.ts';
export { spectralCurves } from './spectral-curves.ts';
export { type SpectrumMap, spectrumHeatMap } from './spectrum-heat-map.ts';
export { type TerminalChartOptions, terminalChart } from './terminal-chart.ts';
export { type RunMilestones, timeToGeneralization } from './time-to-generalization.ts';

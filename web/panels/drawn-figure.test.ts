import { expect, test } from 'vitest';
import { palette } from '../../src/figures/palette.ts';
import { spectrumHeatMap } from '../../src/figures/spectrum-heat-map.ts';
import { withoutStyleElement } from './drawn-figure.tsx';

const power = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => (i === j ? 1 : 0.01)));

test('a figure without its style element has every colour as an attribute, on either paper', () => {
  const svg = spectrumHeatMap({ name: 'a "run"', step: 3, power });
  for (const paper of ['light', 'dark'] as const) {
    const inline = withoutStyleElement(svg, paper);
    expect(inline).not.toMatch(/<style|class="(fill|stroke)-|var\(|style=/);
    expect(inline).toContain(`fill="${palette[paper].paper}"`);
    expect(inline).toContain(`fill="${palette[paper].muted}"`);
    // As many painted elements as before, none of them without a colour.
    const painted = svg.match(/ class="(?:fill|stroke)-/g)?.length ?? 0;
    expect(inline.match(/ (?:fill|stroke)="#[0-9a-f]{6}"/g)).toHaveLength(painted);
    expect(
      inline.match(/<path[^>]*stroke="#[0-9a-f]{6}"[^>]*>/g)?.every((path) => path.includes('fill="none"')),
    ).toBe(true);
  }
});

test('what stands for readers who do not see the picture stays', () => {
  const svg = spectrumHeatMap({ name: 'run', step: 3, power });
  const parts = /<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/;
  expect(withoutStyleElement(svg, 'dark').match(parts)?.[0]).toBe(svg.match(parts)?.[0]);
});

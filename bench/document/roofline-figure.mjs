// The roofline (Williams, Waterman and Patterson 2009): operations per second over operations per byte, both logarithmic. Below
// the sloping roofs memory is the limit, below the flat ones arithmetic. A dot is a kind of work, as large as its share of the
// step's time.

/** @typedef {import('../roofline.mjs').Roofline} Roofline */

const WIDTH = 720;
const EDGE = 14;
const LEFT = 62;
const TOP = 84;
const PLOT = 300;
/** Operations per byte; what is computed on fewer stands at the edge. */
const INTENSITIES = [1 / 32, 64];
/** GFLOP/s; what computes next to nothing (copies, fills) is not drawn. */
const SLOWEST = 0.05;
const NAME_SPACING = 15;
const SMALLEST_RADIUS = 3;
const LARGEST_RADIUS = 16;

const TITLE = 'How near the limits a step comes';

/**
 * The figure as SVG.
 * @param {readonly Roofline[]} rooflines Node 24's first
 * @param {import('../grokscope.mjs').Drawing} drawing
 */
export function rooflineFigure(rooflines, drawing) {
  const { figure, text, line, element, stroked, coordinate, valueAxis, valueLabel, drawValueAxis, spread } =
    drawing;
  const [left, right, bottom] = [LEFT, WIDTH - EDGE, TOP + PLOT];
  const [lowest, highest] = INTENSITIES;
  const dots = rooflines.flatMap((roofline, i) => dotsOf(roofline, i));
  const peak = Math.max(...rooflines.map(({ limits }) => limits.gflops));
  const floor = Math.min(0.5, ...dots.map(({ speed }) => speed));
  const yAxis = valueAxis({ scale: 'log', low: floor / 1.3, high: peak * 1.6 }, bottom, TOP);
  // An axis made for heights serves for widths: its low end is the left one.
  const xAxis = valueAxis({ scale: 'log', low: lowest, high: highest }, left, right);
  const clip = (/** @type {number} */ x) => Math.min(right, Math.max(left, x));

  const roofs = rooflines.flatMap(({ limits, node }, i) => {
    const dash = i === 0 ? undefined : '5 3';
    const speeds = /** @type {[string, number][]} */ (Object.entries(limits.gigabytes_per_s));
    const shown = i === 0 ? speeds.filter(([name]) => name !== 'second cache') : [];
    const fastest = Math.max(...speeds.map(([, speed]) => speed));
    const y = yAxis.position(limits.gflops);
    return [
      stroked(
        `M${coordinate(clip(xAxis.position(limits.gflops / fastest)))},${coordinate(y)}H${coordinate(right)}`,
        { color: 'ink', width: 1.5, dash },
      ),
      text(right, i === 0 ? y - 6 : y + 16, `${node}: ${valueLabel(limits.gflops)} GFLOP/s`, {
        anchor: 'end',
      }),
      ...shown.flatMap(([name, speed]) => {
        const [from, to] = [Math.max(lowest, floor / speed), limits.gflops / speed];
        const above = speed === fastest;
        // Named where no dots are: above the fastest roof, and below the slowest to the right.
        const at = above ? 0.4 : 1.2;
        const [dx, dy, anchor] = above
          ? /** @type {const} */ ([-8, -6, 'end'])
          : /** @type {const} */ ([10, 14, 'start']);
        return [
          line(
            xAxis.position(from),
            yAxis.position(from * speed),
            xAxis.position(to),
            yAxis.position(to * speed),
            {
              color: 'muted',
              width: 1.5,
            },
          ),
          text(
            xAxis.position(at) + dx,
            yAxis.position(at * speed) + dy,
            `${name} ${valueLabel(speed)} GB/s`,
            {
              color: 'muted',
              anchor,
            },
          ),
        ];
      }),
    ];
  });
  const drawn = dots.map(({ x, speed, share, first }) =>
    element('circle', {
      cx: clip(xAxis.position(x)),
      cy: yAxis.position(speed),
      r: radiusOf(share),
      class: first ? 'fill-grokked' : 'stroke-grokked',
      'stroke-width': 2,
    }),
  );
  const named = dots.filter(({ first }) => first);
  const heights = spread(
    named.map(({ speed }) => yAxis.position(speed)),
    NAME_SPACING,
    TOP,
    bottom,
  );
  const names = named.map(({ group, x, share }, i) => {
    const at = clip(xAxis.position(x)) + radiusOf(share) + 6;
    return text(at, heights[i] + 4, `${group}, ${Math.round(100 * share)} %`, { bold: true });
  });
  const ticks = xAxis.ticks.flatMap(({ at, label }) => [
    line(at, bottom, at, bottom + (label ? 6 : 3), { color: 'axis' }),
    ...(label ? [text(at, bottom + 19, label, { color: 'muted', anchor: 'middle' })] : []),
  ]);
  const description = dots
    .map(
      ({ node, group, x, speed, share }) =>
        `${node}, ${group}: ${valueLabel(speed)} GFLOP/s at ${valueLabel(x)} operations per byte, ${Math.round(100 * share)} % of the step.`,
    )
    .join(' ');
  const key = rooflines.map(({ node }, i) => `${i === 0 ? 'filled' : 'rings'}: ${node}`).join(', ');
  return figure(
    { width: WIDTH, height: bottom + 50, theme: 'auto', title: TITLE, description },
    text(EDGE, 27, TITLE, { size: 15, bold: true }),
    text(
      EDGE,
      46,
      `Kinds of work in a step of p 113 on one thread, as large as their share of its time; ${key}.`,
      {
        color: 'muted',
      },
    ),
    text(EDGE, TOP - 12, 'GFLOP/s (log scale)', { color: 'muted' }),
    ...drawValueAxis(yAxis, left, right),
    line(left, bottom, right, bottom, { color: 'axis' }),
    ...ticks,
    ...roofs,
    ...drawn,
    ...names,
    text(right, bottom + 38, 'operations per byte that is read or written (log scale)', {
      color: 'muted',
      anchor: 'end',
    }),
  );
}

/** Areas are shares. @param {number} share */
function radiusOf(share) {
  return Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(share));
}

/**
 * @param {Roofline} roofline
 * @param {number} index
 */
function dotsOf({ node, groups }, index) {
  const total = groups.reduce((sum, { ms }) => sum + ms, 0);
  return groups
    .filter(({ flops, bytes }) => flops > 0 && bytes > 0)
    .map(({ group, ms, flops, bytes }) => ({
      node,
      group,
      x: flops / bytes,
      speed: flops / ms / 1e6,
      share: ms / total,
      first: index === 0,
    }))
    .filter(({ speed }) => speed >= SLOWEST);
}

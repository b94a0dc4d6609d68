/** What is said while directions are compared: how long conjugate gradients may take, before they start, and how far they are. */

import type { DirectionComparison } from '../../theory/direction/compare.ts';
import type { DirectionRow } from '../../theory/direction/training.ts';
import type { LinearMap } from '../../theory/zero-loss/differentiated.ts';
import type { Host } from '../host.ts';
import { secondsOf } from '../least-time.ts';
import { countText, durationText } from '../number-words.ts';

/** Below this nobody needs to be told. */
const WORTH_SAYING = 30; // seconds

/** What bounds the time of comparisons by conjugate gradients. */
export interface DirectionForecast {
  /** Of J. */
  readonly rows: number;
  readonly columns: number;
  /** Of a product J v and one Jᵀu together. */
  readonly secondsOfJ: number;
  /** The same of the Jacobian of the pre-activations, whose kinks are held by one further projection; undefined without. */
  readonly secondsOfKinks?: number;
  /** Allowed for each projection. */
  readonly mostIterations: number;
  readonly comparisons: number;
}

/** The bound in seconds: of projecting −θ and the update, and −θ with kinks held, each at the limit of iterations. */
export function mostSeconds(forecast: DirectionForecast): number {
  const { secondsOfJ, secondsOfKinks, mostIterations, comparisons } = forecast;
  const ofKinks = secondsOfKinks === undefined ? 0 : secondsOfJ + secondsOfKinks;
  return comparisons * mostIterations * (2 * secondsOfJ + ofKinks);
}

/** A sentence without its stop; undefined where it cannot take half a minute. */
export function forecastWords(forecast: DirectionForecast): string | undefined {
  const seconds = mostSeconds(forecast);
  if (seconds < WORTH_SAYING) return undefined;
  const { rows, columns, mostIterations, comparisons, secondsOfKinks } = forecast;
  const projections = comparisons * (secondsOfKinks === undefined ? 2 : 3);
  const compared = comparisons === 1 ? 'one comparison' : `${countText(comparisons)} comparisons`;
  return (
    `J has ${countText(rows)} rows and ${countText(columns)} columns: at most about ${durationText(seconds)} of conjugate gradients ` +
    `for ${compared}, were each of the ${countText(projections)} projections to take all ${countText(mostIterations)} iterations; ` +
    'most end before, at their tolerance, and --iterations and --checkpoints or --every allow less'
  );
}

/** Follows the comparisons of all seeds of a command. */
export class DirectionProgress {
  private readonly comparisons: number;
  private readonly host: Host;
  private compared = 0;
  private begun = performance.now();
  private isReady = false;
  private isLong = false;

  /** @param comparisons in all */
  constructor(comparisons: number, host: Host) {
    this.comparisons = comparisons;
    this.host = host;
  }

  /** Before the first comparison, on a network with weights: times its products where those are what takes long. */
  ready({ network, method, mostIterations, preActivations }: DirectionComparison): void {
    if (this.isReady) return;
    this.isReady = true;
    if (method === 'cg') {
      const { rows, columns } = network;
      const v = new Float64Array(columns).fill(1);
      const secondsOfBoth = (J: LinearMap) => {
        const products = () => J.transposeTimes(J.times(v));
        products(); // compiles their programs, which is done once
        return secondsOf(products);
      };
      const sentence = forecastWords({
        rows,
        columns,
        secondsOfJ: secondsOfBoth(network),
        secondsOfKinks: preActivations && secondsOfBoth(preActivations),
        mostIterations,
        comparisons: this.comparisons,
      });
      if (sentence !== undefined) this.host.err.write(`${sentence}\n`);
      this.isLong = sentence !== undefined;
    }
    this.begun = performance.now();
  }

  /** Words that the next ones replace, on terminals only. */
  passing(words: string): void {
    if (this.host.err.isTerminal) this.host.err.write(`\r\u001b[K${words} `);
  }

  /** After a comparison: a line of its own where they take long. */
  row({ step, iterations, residual }: DirectionRow): void {
    this.compared++;
    const words = `comparison ${countText(this.compared)} of ${countText(this.comparisons)}, at step ${countText(step)}`;
    if (!this.isLong) {
      this.passing(words);
      return;
    }
    this.end();
    const elapsed = durationText((performance.now() - this.begun) / 1000);
    this.host.err.write(
      `${words}: g̃ after ${countText(iterations)} iterations, residual ${residual.toExponential(1)}; ${elapsed} so far\n`,
    );
  }

  /** Takes passing words away. */
  end(): void {
    if (this.host.err.isTerminal) this.host.err.write('\r\u001b[K');
  }
}

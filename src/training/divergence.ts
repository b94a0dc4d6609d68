/** The end of a run whose numbers left the floats: what became non-finite first, at which step. */

/** Thrown by a training step; nothing after the last checkpoint is worth keeping. */
export class DivergenceError extends Error {
  override name = 'DivergenceError';
  readonly step: number;
  readonly quantity: 'loss' | 'gradient';

  /**
   * @param lastGradientNorm global norm of the last finite gradient, if there was a step before
   */
  constructor(
    step: number,
    quantity: 'loss' | 'gradient',
    value: number,
    lastGradientNorm: number | undefined,
  ) {
    const before =
      lastGradientNorm === undefined
        ? ''
        : ` (gradient norm one step before: ${lastGradientNorm.toPrecision(3)})`;
    const what = quantity === 'loss' ? 'the loss' : "the gradient's norm";
    super(
      `step ${step}: ${what} became ${value} before anything else did${before}; ` +
        'lower train.lr, clip the gradient (train.grad_clip_norm) or compute in f64 (train.dtype)',
    );
    this.step = step;
    this.quantity = quantity;
  }
}

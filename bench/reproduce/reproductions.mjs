// The published results this project reproduces: which configuration, how many seeds, and what was expected before anything
// ran. A new one is an entry here.

/**
 * One number of a run: the first evaluated step at which the accuracy of a split reaches a value (none when it does not within
 * the run: censored), the accuracy at the last step, or ‖θ‖ at the last step; a column of metrics.csv at a step, at the first
 * step of another quantity, at the end, or its largest value; how many steps one first step comes ahead of another.
 * @typedef {{ first: string, reaching: number }} First of `train` or `held_out` accuracy, or of a column
 * @typedef {First | { last: 'train' | 'held_out' } | { last: 'weight_norm' }
 *   | { column: string, at: number | First | 'last' | 'largest' } | { ahead: First, of: First }} Quantity
 */

/**
 * `between` holds for every run, for nine in ten of them, or for the median over the runs, in which a censored run counts as later
 * than all others.
 * Without `between` nothing is judged: the number stands beside `expected` for comparison.
 * @typedef {object} Expectation
 * @property {string} expected in words
 * @property {Quantity} quantity
 * @property {'every run' | 'nine in ten' | 'median'} [over]
 * @property {[number, number]} [between] both ends included
 * @property {string} [case] only the runs of this case
 */

/**
 * @typedef {object} Reproduction
 * @property {string} id
 * @property {string} title
 * @property {string} about what it shows, for the document
 * @property {string} source where the expectation comes from
 * @property {string} config
 * @property {string[]} overrides of the configuration, which may stop early or vary the case
 * @property {{ name: string, overrides: string[] }[]} cases each run with every seed
 * @property {number} seeds how many the claim asks for: 0, 1, 2, …
 * @property {string[]} [columns] of metrics.csv that are recorded beside the accuracies
 * @property {'theory'} [group] a word that stands for all reproductions of its kind
 * @property {import('./one-run.mjs').RunKind} [kind] trained unless said otherwise: simulated by the isolated dynamics, or trained and
 *   its direction compared with that of the theory; columns are then those of the simulation, or of the comparison
 * @property {'linear' | 'log'} [curves] draws the accuracies over such an axis of steps
 * @property {Expectation[]} expectations
 */

/** Reached by 4,705 of 4,705 examples, and by 4,704: what a paper prints as 1.000. */
const roundsToOne = 0.9995;

/** @type {readonly Reproduction[]} */
export const reproductions = [
  {
    id: 'R1',
    title: 'A quadratic two-layer network understands addition modulo 97 within 70 steps',
    about:
      'Two layers without biases, squares in between, mean squared error, AdamW with weight decay 5 on half of all ordered ' +
      'pairs. The whole of grokking in under a hundred full-batch steps: train accuracy is complete first, held-out accuracy ' +
      'some twenty steps later.',
    source: 'setting of Gromov 2023 (arXiv:2301.02679) and Doshi et al. 2023 (arXiv:2310.13061)',
    config: 'configs/r1.yaml',
    overrides: ['train.stop_after_grok_steps=null'],
    cases: [{ name: '', overrides: [] }],
    seeds: 3,
    curves: 'linear',
    expectations: [
      {
        expected: 'held-out accuracy is 100 % for the first time between steps 30 and 70, in every run',
        quantity: { first: 'held_out', reaching: 1 },
        over: 'every run',
        between: [30, 70],
      },
      { expected: 'train accuracy 100 % near step 28', quantity: { first: 'train', reaching: 1 } },
      { expected: 'held-out accuracy 90 % near step 38', quantity: { first: 'held_out', reaching: 0.9 } },
    ],
  },
  {
    id: 'R2',
    title: 'It refuses to memorise random labels, and still understands',
    about:
      'The network of R1 with 35 % of the train labels drawn at random and weight decay 15. It answers every held-out pair ' +
      'correctly and contradicts the false labels it was trained on: train accuracy is the share of labels that are true, ' +
      '0.65 and the random ones that are right by chance (0.35/97).',
    source: 'Doshi et al. 2023 (arXiv:2310.13061)',
    config: 'configs/r2.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    seeds: 3,
    curves: 'log',
    expectations: [
      {
        expected: 'train accuracy 0.654 ± 0.01 after 500 steps, in every run',
        quantity: { last: 'train' },
        over: 'every run',
        between: [0.644, 0.664],
      },
      {
        expected: 'held-out accuracy 1.000 (to three decimals) after 500 steps, in every run',
        quantity: { last: 'held_out' },
        over: 'every run',
        between: [roundsToOne, 1],
      },
    ],
  },
  {
    id: 'R5',
    title: 'Weights written down from cosines add without any training',
    about:
      'Hidden unit k holds one frequency σ(k): rows cos(2πσ(k)a/p + φ₁) and cos(2πσ(k)b/p + φ₂), read-out ' +
      'cos(−2πσ(k)c/p − φ₁ − φ₂). The square of their sum contains the cosine of a + b. The seed draws the phases.',
    source: 'Gromov 2023 (arXiv:2301.02679)',
    config: 'configs/r5.yaml',
    overrides: [],
    cases: [23, 59, 97].map((p) => ({ name: `p ${p}`, overrides: [`dataset.N=${p}`] })),
    seeds: 3,
    expectations: [
      {
        expected: 'accuracy 100 % on one half of the pairs at step 0, in every run',
        quantity: { last: 'train' },
        over: 'every run',
        between: [1, 1],
      },
      {
        expected: 'accuracy 100 % on the other half at step 0, in every run',
        quantity: { last: 'held_out' },
        over: 'every run',
        between: [1, 1],
      },
    ],
  },
  {
    id: 'P53',
    title:
      'A transformer memorises addition modulo 53 at once and understands it an order of magnitude later',
    about:
      'The reference transformer (one layer, width 128, four heads, no LayerNorm) on half of all ordered pairs. Before it ' +
      'groks it answers up to about half of the held-out pairs: those whose mirror image (b, a) is in the train set. When ' +
      'it groks varies much with the seed, in this implementation as in others.',
    source:
      'network of Nanda et al. 2023 (arXiv:2301.05217); the same experiment with other seeds in PyTorch 2.13: memorised by ' +
      'step 100 in all of five, held-out 90 % at 880, 1,280, 1,400, 1,520 and once not by 3,000, ‖θ‖ 33 to 39 at the end',
    config: 'configs/p53.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    seeds: 5,
    curves: 'log',
    expectations: [
      {
        expected: 'memorised (train accuracy ≥ 99 %) by step 140, in every run',
        quantity: { first: 'train', reaching: 0.99 },
        over: 'every run',
        between: [0, 140],
      },
      {
        expected: 'held-out accuracy ≥ 90 % for the first time between steps 900 and 2,200, in the median',
        quantity: { first: 'held_out', reaching: 0.9 },
        over: 'median',
        between: [900, 2200],
      },
      { expected: '‖θ‖ 33 to 39 after 3,000 steps', quantity: { last: 'weight_norm' } },
    ],
  },
  {
    id: 'N',
    title:
      'With 30 % of the pairs modulo 113 the transformer waits some ten thousand steps before it understands',
    about:
      'The experiment whose algorithm was read off first: the reference transformer on 30 % of all ordered pairs modulo 113. It ' +
      'answers every train pair within the first two hundred steps and hardly any other for thousands more; then, with nothing ' +
      'new to see, it learns the rest. What such a run takes here and in PyTorch: [performance.md](performance.md#whole-runs).',
    source: 'Nanda et al. 2023 (arXiv:2301.05217)',
    config: 'configs/transformer-p113.yaml',
    overrides: ['train.eval_every_steps=20'],
    cases: [{ name: '', overrides: [] }],
    seeds: 3,
    curves: 'log',
    expectations: [
      {
        expected: 'memorised (train accuracy ≥ 99 %) by step 200, in every run',
        quantity: { first: 'train', reaching: 0.99 },
        over: 'every run',
        between: [0, 200],
      },
      {
        expected: 'held-out accuracy ≥ 90 % for the first time between steps 5,000 and 15,000, in the median',
        quantity: { first: 'held_out', reaching: 0.9 },
        over: 'median',
        between: [5000, 15000],
      },
    ],
  },
  {
    id: 'S53',
    title:
      'The spectrum of a transformer modulo 53: an offset makes the literal share, and the invariant one moves early',
    about:
      'The runs of P53, measured at every evaluation. Three statements: a common offset of the logits, which softmax ignores, ' +
      'drives the low-frequency share as it is usually stated; without it the Laplacian energy rises and then falls; the share ' +
      'of functions of a + b, which no relabelling changes, moves smoothly long before held-out accuracy is there.',
    source:
      'an independent PyTorch run of the same network (0.6 → 0.98; 0.51 → 0.87 → 0.70; 0.001 → 0.20 → 0.48 → 0.86)',
    config: 'configs/p53.yaml',
    overrides: ['spectral.compute=true', 'train.total_steps=4000', 'train.stop_after_grok_steps=null'],
    cases: [{ name: '', overrides: [] }],
    columns: [
      'spectral_low_frac',
      'spectral_zero_share',
      'gauge_free_low_frac',
      'gauge_free_energy',
      'diagonal_share',
      'best_relabelled_energy',
      'embedding_gini',
    ],
    seeds: 5,
    curves: 'log',
    expectations: [
      {
        expected: 'the literal low share passes 0.9 at some evaluation after memorising, in every run',
        quantity: { column: 'spectral_low_frac', at: 'largest' },
        over: 'every run',
        between: [0.9, 1],
      },
      {
        expected:
          'gauge-free, without the constant mode, it is below 0.4 at the end, in every run (our own guess, not one of the three ' +
          'statements; a solution may lie anywhere)',
        quantity: { column: 'gauge_free_low_frac', at: 'last' },
        over: 'every run',
        between: [0, 0.4],
      },
      {
        expected: 'the share of the (0, 0) mode at its largest',
        quantity: { column: 'spectral_zero_share', at: 'largest' },
      },
      { expected: 'gauge-free energy 0.51 at the start', quantity: { column: 'gauge_free_energy', at: 0 } },
      {
        expected: 'it rises: above 0.75 at its largest, in every run (0.87 seen)',
        quantity: { column: 'gauge_free_energy', at: 'largest' },
        over: 'every run',
        between: [0.75, 2],
      },
      {
        expected: 'and ends lower, where the key frequencies lie (0.70 seen)',
        quantity: { column: 'gauge_free_energy', at: 'last' },
      },
      {
        expected: 'diagonal share 0.001 at the start, in every run below 0.01',
        quantity: { column: 'diagonal_share', at: 0 },
        over: 'every run',
        between: [0, 0.01],
      },
      {
        expected: 'diagonal share 0.20 at memorisation',
        quantity: { column: 'diagonal_share', at: { first: 'train', reaching: 0.99 } },
      },
      { expected: 'diagonal share 0.48 at step 500', quantity: { column: 'diagonal_share', at: 500 } },
      {
        expected: 'diagonal share 0.86 when held-out accuracy reaches 90 %',
        quantity: { column: 'diagonal_share', at: { first: 'held_out', reaching: 0.9 } },
      },
      {
        expected:
          'diagonal share passes 0.43 (half of 0.86) several hundred steps before held-out accuracy passes 90 %, in every run',
        quantity: {
          ahead: { first: 'diagonal_share', reaching: 0.43 },
          of: { first: 'held_out', reaching: 0.9 },
        },
        over: 'every run',
        between: [200, 4000],
      },
      {
        expected:
          'and against held-out accuracy itself passing 75 % (half way from its plateau near 50 %): steps ahead',
        quantity: {
          ahead: { first: 'diagonal_share', reaching: 0.43 },
          of: { first: 'held_out', reaching: 0.75 },
        },
      },
    ],
  },
  {
    id: 'R9',
    title: 'Sparse parity is memorised first and understood later',
    about:
      'A ReLU network of width 1,000 learns the product of three of forty signs from 1,000 strings, with plain gradient descent ' +
      'and a hinge.',
    source: 'Merrill et al. 2023 (arXiv:2303.11873); epochs from an independent PyTorch run of three seeds',
    config: 'configs/reproductions/R9.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    seeds: 5,
    curves: 'linear',
    expectations: [
      {
        expected: 'train accuracy ≥ 99 % comes before held-out accuracy ≥ 98 %, in every run: steps ahead',
        quantity: { ahead: { first: 'train', reaching: 0.99 }, of: { first: 'held_out', reaching: 0.98 } },
        over: 'every run',
        between: [32, 6400],
      },
      {
        expected: 'memorised at epochs 60–70 (steps 1,920–2,240), in the median',
        quantity: { first: 'train', reaching: 0.99 },
        over: 'median',
        between: [1920, 2240],
      },
      {
        expected: 'held-out accuracy ≥ 98 % at epochs 120–140 (steps 3,840–4,480), in the median',
        quantity: { first: 'held_out', reaching: 0.98 },
        over: 'median',
        between: [3840, 4480],
      },
    ],
  },
  {
    id: 'R12',
    title: 'An embedding network modulo 59 understands when its weights have shrunk to a norm of 54.5',
    about: 'The norm at the first evaluation with 90 % held-out accuracy is the same whatever the seed.',
    source:
      'the norm as published for this network: 54.5 ± 1.5; steps from an independent PyTorch run of three seeds',
    config: 'configs/reproductions/R12.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    columns: ['weight_norm'],
    seeds: 3,
    curves: 'log',
    expectations: [
      {
        expected: '‖θ‖ between 53 and 56 when held-out accuracy reaches 90 %, in every run',
        quantity: { column: 'weight_norm', at: { first: 'held_out', reaching: 0.9 } },
        over: 'every run',
        between: [53, 56],
      },
      { expected: 'at steps 5,000–5,750', quantity: { first: 'held_out', reaching: 0.9 } },
    ],
  },
  {
    id: 'R13',
    title: 'Held at a larger norm, it understands much later',
    about:
      'The network of R12 with all weights rescaled after every step to 0.85, 1.00 or 1.15 times 54.5. At 1.00 it is later than ' +
      'published, and so is PyTorch from weights of its own (4,850, 6,750 and 5,400 steps with three seeds, ' +
      'bench/reproduce/python/r13.py): the published figure belongs to a detail that is not known here.',
    source: 'as published for this network: 1,492, 4,077 and 13,426 steps, ±25 %, in the median',
    config: 'configs/reproductions/R13.yaml',
    overrides: [],
    cases: [
      { name: '0.85', overrides: ['train.norm_clamp=46.325', 'train.total_steps=6000'] },
      { name: '1.00', overrides: ['train.norm_clamp=54.5', 'train.total_steps=10000'] },
      { name: '1.15', overrides: ['train.norm_clamp=62.675', 'train.total_steps=24000'] },
    ],
    seeds: 3,
    expectations: [
      ['0.85', 1492],
      ['1.00', 4077],
      ['1.15', 13426],
    ].map(([name, steps]) => ({
      expected: `at ${name}: held-out accuracy 90 % at ${steps} ± 25 %, in the median`,
      quantity: { first: 'held_out', reaching: 0.9 },
      over: /** @type {const} */ ('median'),
      between: /** @type {[number, number]} */ ([0.75 * Number(steps), 1.25 * Number(steps)]),
      case: String(name),
    })),
  },
  {
    id: 'R7',
    title:
      'Weight decay alone, with the last layer solved, understands addition modulo 37 after 1,500 to 2,100 steps',
    about:
      'The isolated dynamics of a two-layer ReLU network in the limit of vanishing weight decay: at every moment the last layer is the ' +
      'one of least norm that answers every train pair exactly, and the first layer moves towards the smallest norm of both. ' +
      'Nothing is trained; [theory.md](theory.md) derives it. The independent PyTorch program starts from weights and splits of its own.',
    source:
      'Musat 2025 (arXiv:2511.01938); an independent PyTorch program in f64: held-out accuracy crosses ½ between steps 1,550 and 2,050 ' +
      'and is ≥ 0.99 by 2,500 in all of nine seeds, train error < 1e-26, ‖W₁‖ 36.5 at 250 and 12.0 at 5,000',
    config: 'configs/reproductions/R7.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    columns: [
      'train_loss',
      'held_out_loss',
      'first_norm',
      'last_norm',
      'largest_ratio_error',
      'mean_abs_cosine',
      'same_pattern',
      'other_pattern',
    ],
    seeds: 10,
    curves: 'linear',
    group: 'theory',
    kind: 'isolated',
    expectations: [
      {
        expected: 'held-out accuracy crosses ½ between steps 1,400 and 2,200, in nine of ten',
        quantity: { first: 'held_out', reaching: 0.5 },
        over: 'nine in ten',
        between: [1400, 2200],
      },
      {
        expected: 'held-out accuracy ≥ 0.99 by step 2,500, in nine of ten',
        quantity: { first: 'held_out', reaching: 0.99 },
        over: 'nine in ten',
        between: [0, 2500],
      },
      {
        expected: 'mean squared error on the train pairs < 1e-20 throughout, in every run',
        quantity: { column: 'train_loss', at: 'largest' },
        over: 'every run',
        between: [0, 1e-20],
      },
      {
        expected:
          '‖Re F_k‖/‖Im F_k‖ within 0.05 of 1 for every k after 5,000 steps, in every run (0.975 to 1.017 seen)',
        quantity: { column: 'largest_ratio_error', at: 'last' },
        over: 'every run',
        between: [0, 0.05],
      },
      { expected: 'it starts further off', quantity: { column: 'largest_ratio_error', at: 0 } },
      {
        expected:
          'mean absolute cosine of Re F_k and Im F_k < 0.03 after 5,000 steps, in every run (0.009 seen)',
        quantity: { column: 'mean_abs_cosine', at: 'last' },
        over: 'every run',
        between: [0, 0.03],
      },
      { expected: 'it starts larger', quantity: { column: 'mean_abs_cosine', at: 0 } },
      {
        expected: 'patterns of different frequencies 0.14 alike after 5,000 steps (0.64 at the start)',
        quantity: { column: 'other_pattern', at: 'last' },
      },
      {
        expected: 'and still 0.41 at step 2,500, just generalised',
        quantity: { column: 'other_pattern', at: 2500 },
      },
      { expected: '‖W₁‖ 36.5 at step 250', quantity: { column: 'first_norm', at: 250 } },
      { expected: '‖W₁‖ 12.0 at step 5,000', quantity: { column: 'first_norm', at: 'last' } },
    ],
  },
  {
    id: 'M5',
    title: 'After memorising, training moves as the projection of −θ onto the zero-loss set says',
    about:
      'cos(Δθ, g̃) of ten steps of training with the direction in which the norm falls fastest while every answer stays ' +
      '([theory.md](theory.md)). It rises to 0.8 once the loss is near zero. It falls later because units change sides within the ten ' +
      'steps: held at their kinks too, it stays above 0.9. That bounds hold for the median was written down after these runs; seed by ' +
      'seed one of them lies outside at step 1,000, where the curve is steep.',
    source:
      'Musat 2025 (arXiv:2511.01938), fig. 5; an independent PyTorch program in f64, on one seed and two at the end: 0.24, 0.78, 0.72, 0.54 and ' +
      '0.36 to 0.39 at steps 1,000, 2,000, 4,000, 10,000 and 20,000; norm 10.1 to 8.75, rank of J 649',
    config: 'configs/reproductions/M5.yaml',
    overrides: [],
    cases: [{ name: '', overrides: [] }],
    columns: ['cosine', 'kinkCosine', 'tangentShare', 'rank', 'weightNorm'],
    seeds: 5,
    group: 'theory',
    kind: 'direction',
    expectations: [
      {
        expected: 'cosine at step 1,000: 0.24 within 0.05, in the median',
        quantity: { column: 'cosine', at: 1000 },
        over: 'median',
        between: [0.19, 0.29],
      },
      {
        expected: 'cosine at step 2,000: 0.78 within 0.05, in the median',
        quantity: { column: 'cosine', at: 2000 },
        over: 'median',
        between: [0.73, 0.83],
      },
      {
        expected: 'cosine at step 4,000: 0.72 within 0.05, in the median',
        quantity: { column: 'cosine', at: 4000 },
        over: 'median',
        between: [0.67, 0.77],
      },
      {
        expected: 'cosine at step 10,000: 0.54 within 0.05, in the median',
        quantity: { column: 'cosine', at: 10000 },
        over: 'median',
        between: [0.49, 0.59],
      },
      {
        expected: 'cosine at step 20,000: 0.36 to 0.39 within 0.05, in the median',
        quantity: { column: 'cosine', at: 20000 },
        over: 'median',
        between: [0.31, 0.44],
      },
      {
        expected: 'rank of J 649 of 649 at step 20,000, in every run',
        quantity: { column: 'rank', at: 20_000 },
        over: 'every run',
        between: [649, 649],
      },
      {
        expected: 'the norm falls from 10.1 to 8.75',
        quantity: { column: 'weightNorm', at: 'last' },
      },
      { expected: 'with kinks held, at step 20,000', quantity: { column: 'kinkCosine', at: 20_000 } },
      {
        expected: 'share of the update in the tangent space, at step 20,000',
        quantity: { column: 'tangentShare', at: 20_000 },
      },
    ],
  },
];

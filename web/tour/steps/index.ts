/** The steps of the tour in their order. */

import type { TourStep } from '../tour-step.ts';
import { circle } from './circle.ts';
import { decayOff } from './decay-off.ts';
import { isolated } from './isolated.ts';
import { laplacian } from './laplacian.ts';
import { memorise } from './memorise.ts';
import { openQuestions } from './open-questions.ts';
import { randomLabels } from './random-labels.ts';
import { wait } from './wait.ts';

export const steps: readonly TourStep[] = [
  memorise,
  wait,
  circle,
  decayOff,
  randomLabels,
  laplacian,
  isolated,
  openQuestions,
];

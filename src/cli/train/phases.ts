/** What an evaluation changed: a run that memorises or groks says so at that moment, once. */

import type { Experiment } from '../../config/index.ts';
import type { Milestones } from '../../training/milestones.ts';
import { countText, shareText } from '../number-words.ts';

type Known = Pick<Milestones, 'memorized_step' | 'grokked_step'>;
const nothing: Known = { memorized_step: null, grokked_step: null };

export class Phases {
  readonly #thresholds: Experiment['milestones'];
  #known: Known;

  /** @param known what was so already when the run was resumed */
  constructor(thresholds: Experiment['milestones'], known: Known = nothing) {
    this.#thresholds = thresholds;
    this.#known = known;
  }

  /** Sentences about what is new in these milestones. */
  observe(milestones: Known): string[] {
    const known = this.#known;
    this.#known = milestones;
    const { memorized_step, grokked_step } = milestones;
    const { memorize_threshold, grok_threshold, grok_patience } = this.#thresholds;
    const sentences: string[] = [];
    if (memorized_step !== null && known.memorized_step === null) {
      const what = `${shareText(memorize_threshold)} of the train examples are answered correctly`;
      sentences.push(`step ${countText(memorized_step)}: memorised: ${what}`);
    }
    if (grokked_step !== null && known.grokked_step === null) {
      const what = `${shareText(grok_threshold)} of the held-out examples, ${grok_patience === 1 ? 'once' : `${grok_patience} times running`}`;
      sentences.push(`step ${countText(grokked_step)}: grokked: ${what}`);
    }
    return sentences;
  }
}

/** Which saved trainings have to go when one is added: the browser's space is not ours alone. */

/** One that is saved. */
export interface Occupant {
  readonly key: string;
  /** The key of the training that began at step 0; its forks stay with it. */
  readonly family: string;
  /** ms since 1970. */
  readonly savedAt: number;
}

/** Trainings kept, each with its forks. */
const MOST_FAMILIES = 4;
/** As many as the page shows beside the original, and as many again that were removed from it. */
const MOST_FORKS = 10;

/** Keys of those that go; the oldest first to go. */
export function goneFor(added: Pick<Occupant, 'key' | 'family'>, all: readonly Occupant[]): string[] {
  const others = all.filter(({ key }) => key !== added.key).sort((one, other) => other.savedAt - one.savedAt);
  const families = [...new Set([added.family, ...others.map(({ family }) => family)])];
  const staying = new Set(families.slice(0, MOST_FAMILIES));
  const forks = others.filter(({ key, family }) => family === added.family && key !== family);
  const crowded = new Set(forks.slice(MOST_FORKS - 1).map(({ key }) => key));
  return others.filter(({ key, family }) => !staying.has(family) || crowded.has(key)).map(({ key }) => key);
}

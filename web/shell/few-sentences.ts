/** Sentences about a link, which may be as long and as many as whoever wrote it liked: the first of them, each cut. */

const MOST = 10;
const LONGEST = 400;

export function fewSentences(sentences: readonly string[]): string[] {
  const shown = [...new Set(sentences)].map((sentence) =>
    sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)}…` : sentence,
  );
  const more = shown.length - MOST;
  return more > 1 ? [...shown.slice(0, MOST), `${more} more of this kind are left out here.`] : shown;
}

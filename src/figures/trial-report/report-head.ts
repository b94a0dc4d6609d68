/** What the head of a trial's report says (html.ts writes it): for lists of reports, which must not say otherwise than the page. */

import type { Verdict } from '../../trials/analysis.ts';

export interface ReportHead {
  readonly question: string;
  readonly verdict: Verdict;
  /** Of the verdict, in one sentence. */
  readonly reason: string;
  readonly isPilot: boolean;
}

/** Undefined where the page is none that trialReportHtml wrote. */
export function readReportHead(html: string): ReportHead | undefined {
  const question = /<h1>([^<]*)<\/h1>/.exec(html)?.[1];
  const found =
    /<div class="verdict (supported|contradicted|undecided)"><b>\w+<\/b><span>([^<]*)<\/span>/.exec(html);
  if (question === undefined || found === null) return undefined;
  return {
    question: unescaped(question),
    verdict: found[1] as Verdict,
    reason: unescaped(found[2]),
    isPilot: html.includes('<section id="pilot"'),
  };
}

/** The text that `escaped` (svg.ts) wrote. */
export function unescaped(markup: string): string {
  return markup
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

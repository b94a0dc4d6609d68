/** The links of a trial's report, which lead to folders of runs, as links within the lab. */

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { unescaped } from '../../figures/trial-report/report-head.ts';

/**
 * The page with each link to a run's folder leading to that run in the lab. A link to anything else on this machine leads
 * nowhere here, so what it was on is no link any more; those within the page and to other sites stay.
 * @param folder true path of the page's
 * @param runs true path of the folder of runs
 * @param isRun whether the lab shows a run of that name
 */
export function withLabLinks(
  html: string,
  folder: string,
  runs: string | undefined,
  isRun: (name: string) => boolean,
): string {
  // No `<` within a tag: a page of a million of them would take hours.
  return html.replace(/(<a\b[^<>]*?)\shref="([^"]*)"/g, (whole, before: string, written: string) => {
    const href = unescaped(written);
    if (href.startsWith('#') || /^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return whole;
    const name = runs === undefined ? undefined : nameBelow(runs, folder, href);
    // From /api/report to the page of the lab.
    return name !== undefined && isRun(name) ? `${before} href="../#${addressOf(name)}"` : before;
  });
}

const addressOf = (name: string) => new URLSearchParams({ run: name }).toString();

/** The name of a run to whose folder a link leads; undefined for one that leads elsewhere. */
function nameBelow(runs: string, folder: string, href: string): string | undefined {
  let parts: string[];
  try {
    parts = href.replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const way = relative(runs, resolve(folder, ...parts));
  return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : way.split(sep).join('/');
}

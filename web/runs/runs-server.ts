/** What the page asks `grokscope lab` for: the list of runs and the files of one. A refusal is an error of one sentence. */

import type {
  ReportOutline,
  ReportsListed,
  RunDetail,
  RunNamed,
  RunState,
  RunsListed,
} from '../../src/cli/lab/served-runs.ts';
import type { MetricsPart, MetricsPosition, RunSource } from './run-source.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, options: { signal?: AbortSignal; method?: string }) => Promise<Response>;

/** The server cannot be reached: it may come back. */
export class ServerGone extends Error {
  override readonly name = 'ServerGone';
}

export class RunsServer implements RunSource {
  readonly isServed = true;
  readonly #fetch: Fetch;
  readonly #base: string;
  #isLab: boolean | undefined;

  /** @param base where the page is, with a slash at its end */
  constructor(base: string, fetcher: Fetch = (url, options) => fetch(url, options)) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  /**
   * The runs, or undefined where the page comes from a plain web host, which has none.
   * @throws Error in one sentence
   */
  async list(signal?: AbortSignal): Promise<RunsListed | undefined> {
    if (!(await this.#hasRuns(signal))) return undefined;
    return this.#json(await this.#ask('runs', {}, signal));
  }

  /** The trial reports, or undefined where the page comes from a plain web host. */
  async reports(signal?: AbortSignal): Promise<ReportsListed | undefined> {
    if (!(await this.#hasRuns(signal))) return undefined;
    return this.#json(await this.#ask('reports', {}, signal));
  }

  /** The address of a report's page. */
  reportAddress({ folder, name }: ReportOutline): string {
    return this.#url('report', { folder, name });
  }

  async detail(name: string, signal?: AbortSignal): Promise<RunDetail> {
    if (!(await this.#hasRuns(signal))) throw new Error(noServer);
    const { runs, notices } = await this.#json<RunNamed>(await this.#ask('runs', { name }, signal));
    const [run] = runs;
    if (run === undefined) throw new Error(notices[0] ?? `There is no run ${name}.`);
    return run;
  }

  /** The lines of metrics.csv after those that were read. */
  async metrics(name: string, read?: MetricsPosition, signal?: AbortSignal): Promise<MetricsPart> {
    const question: Record<string, string> = { name };
    if (read !== undefined) Object.assign(question, { from: String(read.end), edition: read.edition });
    const response = await this.#answered(await this.#ask('metrics', question, signal));
    const header = (key: string) => response.headers.get(key) ?? '';
    return {
      text: await response.text(),
      position: {
        from: Number(header('Metrics-From')),
        end: Number(header('Metrics-End')),
        edition: header('Metrics-Edition'),
      },
      runId: header('Run-Id'),
      state: header('Run-State') as RunState,
    };
  }

  async text(name: string, file: string, signal?: AbortSignal): Promise<string> {
    return (await this.#answered(await this.#ask('file', { name, file }, signal))).text();
  }

  /** The address of the file, for a worker that fetches it itself. */
  async checkpoint(name: string, file: string): Promise<string> {
    return this.#url('file', { name, file });
  }

  /** Asked of the page itself, since every host has that; a missing address would be an error in the browser's console. */
  async #hasRuns(signal?: AbortSignal): Promise<boolean> {
    if (this.#isLab === undefined) {
      const page = await this.#reach(this.#base, { method: 'HEAD', signal });
      // A body that nobody reads, even one of no bytes, is a failed request to Chromium.
      await page.arrayBuffer();
      this.#isLab = page.headers.has('Grokscope-Runs');
    }
    return this.#isLab;
  }

  /** @throws Error where a plain web host answers with a page instead */
  async #json<Value>(response: Response): Promise<Value> {
    const answered = await this.#answered(response);
    if (isJson(answered)) return answered.json();
    throw new Error(noServer);
  }

  #url(what: string, question: Readonly<Record<string, string>>): string {
    return `${this.#base}api/${what}?${new URLSearchParams(question)}`;
  }

  #ask(what: string, question: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    return this.#reach(this.#url(what, question), { signal });
  }

  async #reach(url: string, options: Parameters<Fetch>[1]): Promise<Response> {
    try {
      return await this.#fetch(url, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ServerGone('The server of the lab does not answer; is grokscope lab still running?', {
        cause: error,
      });
    }
  }

  async #answered(response: Response): Promise<Response> {
    if (response.ok) return response;
    const sentence = isJson(response) ? (await response.json()).error : undefined;
    throw new Error(typeof sentence === 'string' ? sentence : `The server answered ${response.status}.`);
  }
}

const noServer = 'This page does not come from grokscope lab, so there is no folder of runs to it.';

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
}

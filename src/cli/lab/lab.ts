/** `grokscope lab`: starts the server, says where it is, and waits for Ctrl-C. */

import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { listRuns, standingOf } from '../../runs/index.ts';
import { CommandFailure, UsageError } from '../failure.ts';
import type { Host } from '../host.ts';
import { quoted } from '../quoted.ts';
import { openBrowser } from './open-browser.ts';
import { builtPage, PageFiles } from './page-files.ts';
import { RunsFolder } from './runs-folder.ts';
import { isLoopback, type LabServer, startServer } from './server.ts';
import { TrialReports } from './trial-reports.ts';

export interface LabOptions {
  /** Undefined: `runs`, which need not be there yet. */
  readonly runsDir?: string;
  /** Of trial reports. Undefined: `trials/results`, where it is. */
  readonly results?: string;
  readonly port: number;
  readonly host?: string;
  readonly open?: boolean;
  /** Folder of the built page; default: the one of this package. */
  readonly page?: string;
}

/** Where `trial run` puts the results of the trials in `trials`. */
const committedResults = join('trials', 'results');

/** How many ports after the one asked for are tried. */
const tried = 20;

/**
 * Resolves after Ctrl-C.
 * @throws UsageError, CommandFailure or RunError when there is nothing to serve or nowhere to listen
 */
export async function lab(options: LabOptions, host: Host): Promise<void> {
  const page = new PageFiles(options.page ?? builtPage);
  if (!page.isBuilt) {
    throw new CommandFailure(`${page.folder} holds no built lab; in a clone, npm run build:lab makes it`);
  }
  const runs = new RunsFolder(checkedFolder(options.runsDir), { isAwaited: options.runsDir === undefined });
  const results = checkedResults(options.results);
  const reports = new TrialReports(runs, results);
  const address = options.host ?? '127.0.0.1';
  const onError = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    host.err.write(`grokscope: internal error while answering: ${message}\n`);
  };
  const interrupted = new Promise<void>((resolveOnce) => {
    const off = host.onInterrupt(() => {
      off();
      resolveOnce();
    });
  });
  const server = await onFreePort(options.port, (port) =>
    startServer({ page, runs, reports, host: address, port, onError }),
  );
  if (options.port !== 0 && server.port !== options.port) {
    host.err.write(`grokscope: port ${options.port} is taken, so the lab is at ${server.port}\n`);
  }
  const shown =
    `the runs in ${quoted(runs.folder)}` +
    (results === undefined ? '' : ` and the trial reports in ${quoted(results)}`);
  if (!isLoopback(address)) {
    host.err.write(
      `grokscope: with --host ${quoted(address)} everyone who reaches this machine can read ${shown}; ` +
        'their browsers train on one thread, since this is not https\n',
    );
  }
  const listed = runs.list();
  for (const notice of listed.notices) host.err.write(`grokscope: ${notice}\n`);
  host.out.write(`The lab is at ${server.url} and shows ${shown}. Ctrl-C ends it.\n`);
  if (listed.runs.length === 0 && listed.notices.length === 0) {
    host.out.write(
      `There are no runs in ${quoted(runs.folder)} yet: ${host.command} train --config r1 makes one, and the page trains too.\n`,
    );
  }
  if (options.open) {
    openBrowser(server.url, (program) => {
      host.err.write(`grokscope: ${program} could not open the browser; open ${server.url} yourself\n`);
    });
  }
  await interrupted;
  await server.close();
}

/**
 * A folder that was named must be there; `runs` may come later, when something is trained.
 * @throws UsageError, or RunError when it cannot be read
 */
function checkedFolder(named: string | undefined): string {
  if (named === undefined) return 'runs';
  const standing = standingOf(named);
  if (standing.kind === 'run') {
    throw new UsageError(
      `${named} is a run, and the lab takes a folder of runs; give ${quoted(dirname(resolve(named)))}`,
    );
  }
  // Refuses one that is missing, or may not be read.
  listRuns(named, 1);
  return named;
}

/** @throws UsageError for a folder that was named and is none */
function checkedResults(named: string | undefined): string | undefined {
  const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (named === undefined) return isFolder(committedResults) ? committedResults : undefined;
  if (isFolder(named)) return named;
  throw new UsageError(`--results needs a folder of trial reports, and ${quoted(named)} is no folder`);
}

/** @throws CommandFailure or UsageError when no port can be had */
async function onFreePort(first: number, start: (port: number) => Promise<LabServer>): Promise<LabServer> {
  const last = first === 0 ? 0 : Math.min(first + tried, 65_535);
  for (let port = first; ; port++) {
    try {
      return await start(port);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EADDRINUSE' && port < last) continue;
      throw listeningFailure(error, code, first, last);
    }
  }
}

function listeningFailure(error: unknown, code: unknown, first: number, last: number): Error {
  if (code === 'EADDRINUSE') {
    return new CommandFailure(`all ports from ${first} to ${last} are taken; give another with --port`);
  }
  if (code === 'EACCES') {
    return new UsageError(`port ${first} may not be opened by this user; give one above 1023 with --port`);
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new UsageError('--host needs a name or address of this machine, such as 127.0.0.1 or 0.0.0.0');
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** Opens an address in the person's browser, without a shell between. */

import { spawn } from 'node:child_process';

/** What each system opens addresses with; elsewhere that of the desktops of Linux and the BSDs. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // What `start` ends in; `start` itself is no program but a word of the shell.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Program and parameters. */
export function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  return openers[platform] ?? ['xdg-open'];
}

/** Calls `failed` with the program's name when there is no such program, or it could not open the address. */
export function openBrowser(
  url: string,
  failed: (program: string) => void,
  [program, ...parameters] = openerOf(process.platform),
): void {
  const child = spawn(program, [...parameters, url], { detached: true, stdio: 'ignore' });
  child.on('error', () => failed(program));
  child.on('exit', (code) => {
    if (code !== null && code !== 0) failed(program);
  });
  child.unref();
}

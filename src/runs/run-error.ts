/** What can go wrong with the files of a run, as one sentence that ends with the way out. */

export type RunErrorCode =
  | 'disk-full'
  | 'not-writable'
  | 'not-a-folder'
  | 'not-a-file'
  | 'not-a-run'
  | 'missing'
  | 'exists'
  | 'locked'
  | 'other-run'
  | 'finished'
  | 'damaged'
  | 'bad-metrics'
  | 'io';

/** `message` is the whole sentence `problem; hint`; `hint` alone is what to do about it. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly code: RunErrorCode;
  readonly problem: string;
  readonly hint: string;

  constructor(code: RunErrorCode, problem: string, hint: string, options?: ErrorOptions) {
    super(`${problem}; ${hint}`, options);
    this.code = code;
    this.problem = problem;
    this.hint = hint;
  }
}

type Wording = [code: RunErrorCode, problem: (path: string, doing: string) => string, hint: string];

const diskFull: Wording = [
  'disk-full',
  (path, doing) => `${path}: the disk is full (while ${doing})`,
  'what was written before is whole, so free some space and continue with --resume',
];
const notWritable: Wording = [
  'not-writable',
  (path, doing) => `${path}: no permission (while ${doing})`,
  'change the permissions or give a folder you may write to with --run',
];
const notAFolder: Wording = [
  'not-a-folder',
  (path) => `${path}: a file stands where a folder was expected`,
  'give another folder',
];

const wordings: Record<string, Wording> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOTDIR: notAFolder,
  EEXIST: notAFolder,
  EISDIR: ['not-a-file', (path) => `${path}: a folder stands where a file was expected`, 'name a file'],
  ENOENT: ['missing', (path) => `${path}: there is no such file or folder`, 'check the path'],
};

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Runs `act`; an error of the operating system becomes a RunError about `path`, every other error passes. */
export function explained<T>(doing: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const errno = errnoOf(error);
    if (error instanceof RunError || errno === undefined) throw error;
    const wording = wordings[errno];
    if (wording === undefined) {
      throw new RunError('io', `${path}: ${doing} failed with ${errno}`, 'check the disk and try again', {
        cause: error,
      });
    }
    const [code, problem, hint] = wording;
    throw new RunError(code, problem(path, doing), hint, { cause: error });
  }
}

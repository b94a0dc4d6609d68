/** What is kept of the machine that computed a run: without Node, for the command line and for pages. */

/** Where a run was computed. */
export interface MachineDescription {
  readonly cpu: string;
  readonly cores: number;
  /** null where a browser does not tell. */
  readonly memory_bytes: number | null;
  readonly platform: string;
  readonly arch: string;
  readonly system_release: string;
  /** null in a browser, as is V8. */
  readonly node: string | null;
  readonly v8: string | null;
}

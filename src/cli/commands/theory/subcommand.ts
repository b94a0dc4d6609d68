/** What a file in commands/theory/ exports: a subcommand of `grokscope theory`. Options --out, --png and --json are added to it. */

import type { Command, OptionValues } from 'commander';
import type { Host } from '../../host.ts';
import type { TheoryReport } from '../../theory/report.ts';

/** As commander hands arguments over: parsed by what was declared. */
export type CommandArguments = Command['processedArgs'];

export interface TheorySubcommand {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Lines of its help, each indented by two. */
  readonly examples: string;
  /** Adds arguments and options of its own. */
  readonly declare?: (command: Command) => void;
  /** What --seed does, where it takes one. */
  readonly seed?: string;
  /** Whether it takes --threads. */
  readonly threads?: boolean;
  /**
   * Computes; what it needs is loaded here, not with the command line.
   * @param parameters its arguments as declared: a word for each, a list for one that takes several
   */
  readonly run: (parameters: CommandArguments, options: OptionValues, host: Host) => Promise<TheoryReport>;
}

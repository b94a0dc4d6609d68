/** The settings of an experiment as fields of a form, made from the one schema: kind, bounds and texts are those of the schema. */

import type { Experiment } from 'grokscope';
import { type SchemaNode, schemaAt } from '../../src/config/json-schema.ts';

/** One setting. */
export interface SettingField {
  /** Keys from the top: `['train', 'lr']`. */
  readonly path: readonly string[];
  readonly about: string;
  readonly kind: FieldKind;
}

export type FieldKind =
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'several'; readonly options: readonly string[] }
  | { readonly kind: 'switch' }
  | {
      readonly kind: 'number';
      readonly whole: boolean;
      /** Bounds that may be reached; undefined where there are none, or they may not. */
      readonly least: number | undefined;
      readonly most: number | undefined;
      /** Whether it may be left empty, which is `null`. */
      readonly optional: boolean;
    }
  /** Anything else, as it is written in YAML. */
  | { readonly kind: 'text' };

/** A section of the form. */
export interface SettingSection {
  readonly name: string;
  readonly about: string;
  readonly fields: readonly SettingField[];
}

/** Keys that change nothing that can be seen here: names, files and threads of the command line, and what has no effect. */
const withoutEffect = new Set([
  ...['name', 'loader.num_workers', 'loader.pin_memory', 'train.log_interval_steps'],
  ...['train.checkpoint_every_steps', 'spectral.snapshot_stride'],
  ...['analytic_dynamics', 'analytic_steps', 'analytic_lr'],
]);

/** Larger bounds are those of the number format and say nothing. */
const NO_BOUND = 2 ** 31 - 1;

/** The sections for the task and the kind of model of an experiment; settings outside of all come first, as `experiment`. */
export function settingSections(experiment: Experiment): SettingSection[] {
  const top = Object.entries(schemaAt([], experiment)?.properties ?? {});
  const sections = top.flatMap(([key]) => {
    const node = schemaAt([key], experiment);
    if (node?.properties === undefined) return [];
    return [{ name: key, about: node.description ?? '', fields: fieldsBelow([key], experiment) }];
  });
  const single = top.filter(([key]) => schemaAt([key], experiment)?.properties === undefined);
  const fields = single.flatMap(([key]) => fieldsBelow([key], experiment));
  return [{ name: 'experiment', about: '', fields }, ...sections];
}

function fieldsBelow(path: readonly string[], experiment: Experiment): SettingField[] {
  const node = schemaAt(path, experiment);
  if (node === null || withoutEffect.has(path.join('.'))) return [];
  if (node.properties !== undefined) {
    return Object.keys(node.properties).flatMap((key) => fieldsBelow([...path, key], experiment));
  }
  const about = node.description ?? '';
  if (node.const === undefined) return [{ path, about, kind: kindOf(node) }];
  // Which kind of model it is: the other kinds are not in this branch of the schema.
  const options = schemaAt(path, {})?.enum ?? [node.const];
  return [{ path, about, kind: { kind: 'choice', options } }];
}

function kindOf(node: SchemaNode): FieldKind {
  if (node.enum !== undefined) return { kind: 'choice', options: node.enum };
  if (node.type === 'boolean') return { kind: 'switch' };
  const numeric = numberIn(node);
  if (numeric !== undefined) {
    const { type, minimum, maximum } = numeric;
    return {
      kind: 'number',
      whole: type === 'integer',
      least: minimum,
      most: maximum !== undefined && maximum < NO_BOUND ? maximum : undefined,
      optional: numeric !== node,
    };
  }
  if (node.type === 'array' && !Array.isArray(node.items)) {
    const options = (node.items as SchemaNode | undefined)?.enum;
    if (options !== undefined) return { kind: 'several', options };
  }
  return { kind: 'text' };
}

/** The node of a number, or of a number that may be null. */
function numberIn(node: SchemaNode): SchemaNode | undefined {
  const isNumber = ({ type }: SchemaNode) => type === 'number' || type === 'integer';
  if (isNumber(node)) return node;
  const [one, other] = node.anyOf ?? [];
  return other?.type === 'null' && one !== undefined && isNumber(one) ? one : undefined;
}

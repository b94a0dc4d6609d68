/** An explained plan for people who know networks, in 80 columns. */

import type { Colors } from 'picocolors/types.js';
import type {
  ExplainedMemory,
  ExplainedProgram,
  ExplainedStage,
  ExplainedUnit,
  ExplainedValue,
} from '../../engine/explain/index.ts';
import { formatShape } from '../../engine/index.ts';
import { countText } from '../number-words.ts';
import { fitted, line, quantity, toAscii } from './columns.ts';
import type { PlanExplanation } from './explanation.ts';

interface Look {
  readonly colors: Colors;
  readonly ascii: boolean;
}

/** Operations of a stage that do less than this share of its work are not named one by one, and no more than these. */
const NAMED_SHARE = 0.04;
const MOST_NAMED = 6;

/** The whole explanation, in sections with headings. */
export function explanationText(explanation: PlanExplanation, { colors, ascii }: Look): string {
  const { name, examples, dtype } = explanation;
  const sections: [heading: string, about: string, lines: string[]][] = [
    ['FLOPs', 'of the forward pass, and of loss, gradients and update too', totals(explanation)],
    ['The network as written', 'forward FLOPs of one example and of all', values(explanation.written)],
    ['Rules', 'what fired, and FLOPs of the forward pass before and after', rules(explanation)],
    [
      'Once a step',
      'of the factored network, products of parameters and tables of them',
      fixed(explanation.factored),
    ],
    [
      'For every example',
      'of the factored network, FLOPs of one and of all',
      values(explanation.factored.filter(({ use }) => use === 'per example')),
    ],
    [
      'Stages',
      'of the whole step, with operations, FLOPs, and bytes read and written',
      stages(explanation.program),
    ],
    ...penalty(explanation),
    ['Memory', 'buffers and bytes', memory(explanation)],
  ];
  const text = [
    `${colors.bold(name)}: a training step over ${countText(examples)} examples in ${dtype}\n`,
    ...sections.map(
      ([heading, about, lines]) =>
        `\n${colors.bold(heading)}${colors.dim(`: ${about}`)}\n${lines.join('\n')}\n`,
    ),
  ].join('');
  return ascii ? toAscii(text) : text;
}

function totals({ forward_flops: forward, step_flops: step }: PlanExplanation): string[] {
  const row = (what: string, key: 'written' | 'read' | 'factored'): string =>
    line(what, [
      [quantity(forward[key]), 14],
      [quantity(step[key]), 14],
      [share(step[key], step.written), 10],
    ]);
  return [
    line('', [
      ['forward', 14],
      ['whole step', 14],
      ['share', 10],
    ]),
    row('as written', 'written'),
    row('only what is read', 'read'),
    row('factored', 'factored'),
  ];
}

/** `907 MB`, `2.05 kB`, `12 B`. */
function bytesOf(bytes: number): string {
  const text = quantity(bytes);
  return text.includes(' ') ? `${text}B` : `${text} B`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function numbered({ id, formula }: ExplainedValue): string {
  return `${`#${id}`.padEnd(5)}${formula}`;
}

function values(list: readonly ExplainedValue[]): string[] {
  return list.map((value) =>
    line(numbered(value), [
      [formatShape(value.shape), 17],
      [value.use === 'per example' ? quantity(value.flopsPerExample) : 'once', 9],
      [quantity(value.flopsPerStep), 9],
    ]),
  );
}

function fixed(list: readonly ExplainedValue[]): string[] {
  const once = list.filter(({ use }) => use !== 'per example');
  if (once.length === 0) return ['  nothing: every value depends on the example'];
  return once.map((value) =>
    line(numbered(value), [
      [formatShape(value.shape), 17],
      [value.use === 'table' ? 'table' : '', 9],
      [quantity(value.flopsPerStep), 9],
    ]),
  );
}

function rules({ rules: fired }: PlanExplanation): string[] {
  if (fired.length === 0) return ['  none: nothing would be gained'];
  return fired.map(({ rule, formula, flops_before, flops_after }) =>
    line(formula ?? rule, [
      [`${quantity(flops_before)} →`, 12],
      [quantity(flops_after), 9],
      [`saves ${quantity(flops_before - flops_after)}`, 15],
    ]),
  );
}

function penalty({ penalty: one }: PlanExplanation): [string, string, string[]][] {
  if (one === undefined) return [];
  const inputs = one.examples === 0 ? 'no inputs' : `${countText(one.examples)} inputs`;
  return [
    [
      `Penalty ${one.kind}`,
      `stages of its program, run before each step over ${inputs}`,
      stages(one.program),
    ],
  ];
}

function stages(program: ExplainedProgram): string[] {
  const rows = program.stages.flatMap((stage, i) => stageLines(stage, i + 1));
  const bytes = program.stages.reduce((total, stage) => total + stage.bytes, 0);
  const flops = program.stages.reduce((total, stage) => total + stage.flops, 0);
  return [...rows, workLine('total', '', flops, bytes)];
}

function workLine(what: string, count: string, flops: number, bytes: number, indent = 2): string {
  return line(
    what,
    [
      [count, 6],
      [quantity(flops), 10],
      [bytesOf(bytes), 10],
    ],
    indent,
  );
}

function stageLines(stage: ExplainedStage, number: number): string[] {
  const what =
    stage.kind === 'parameters'
      ? 'parameters, once'
      : `examples, ${countText(stage.tiles)} tiles of up to 64`;
  const kinds = new Map<string, ExplainedUnit[]>();
  for (const unit of stage.units) kinds.set(unit.kind, [...(kinds.get(unit.kind) ?? []), unit]);
  const sum = (list: readonly ExplainedUnit[], key: 'flops' | 'bytes'): number =>
    list.reduce((total, unit) => total + unit[key], 0);
  const byWork = [...kinds].sort(
    ([, a], [, b]) => sum(b, 'flops') - sum(a, 'flops') || sum(b, 'bytes') - sum(a, 'bytes'),
  );
  return [
    workLine(`${number}  ${what}`, String(stage.units.length), stage.flops, stage.bytes),
    ...byWork.flatMap(([kind, units]) => [
      workLine(kind, String(units.length), sum(units, 'flops'), sum(units, 'bytes'), 5),
      ...units
        .filter(({ flops }) => units.length > 1 && flops > NAMED_SHARE * stage.flops)
        .sort((a, b) => b.flops - a.flops)
        .slice(0, MOST_NAMED)
        .map((unit) => workLine(unitText(unit), '', unit.flops, unit.bytes, 7)),
    ]),
    ...instructionLines(stage),
  ];
}

function unitText({ formula, shape }: ExplainedUnit): string {
  const size = formatShape(shape);
  return `${fitted(formula, 47 - size.length).trimEnd()} ${size}`;
}

function instructionLines({ instructions }: ExplainedStage): string[] {
  const words = Object.entries(instructions)
    .sort(([, a], [, b]) => b - a)
    .map(([kernel, count]) => `${count} ${kernel}`);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length < 60) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(word);
  }
  return lines.map((text, i) => `     ${i === 0 ? 'instructions  ' : ' '.repeat(14)}${text}`);
}

const MEMORY_WORDS: Readonly<Record<ExplainedMemory['use'], string>> = {
  parameters: 'parameters',
  settings: 'settings of a step',
  constants: 'constants',
  tables: 'tables, packed operands, gradients: once a step',
  accumulators: 'accumulators: sums over examples, for each lane',
  scratch: 'scratch: values of one tile of examples',
  columns: 'columns of the data set, as far as a step reads',
  rows: 'order of the examples',
  instructions: 'instructions',
};

function memory({ program, model_parameters: own }: PlanExplanation): string[] {
  const row = (what: string, list: readonly ExplainedMemory[]): string[] => {
    const buffers = list.reduce((total, one) => total + one.buffers, 0);
    const bytes = list.reduce((total, one) => total + one.bytes, 0);
    return buffers === 0
      ? []
      : [
          line(what, [
            [countText(buffers), 8],
            [bytesOf(bytes), 12],
          ]),
        ];
  };
  const isParameter = ({ use }: ExplainedMemory): boolean => use === 'parameters';
  const isModel = ({ name }: ExplainedMemory): boolean => name !== undefined && own.includes(name);
  const parameters = program.memory.filter(isParameter);
  return [
    ...row('parameters of the model', parameters.filter(isModel)),
    ...row(
      'state of the optimiser',
      parameters.filter((one) => !isModel(one)),
    ),
    ...program.memory.filter((one) => !isParameter(one)).flatMap((one) => row(MEMORY_WORDS[one.use], [one])),
    ...row('total', program.memory),
    line('foretold before it is compiled, without instructions', [[bytesOf(program.predictedBytes), 12]]),
  ];
}

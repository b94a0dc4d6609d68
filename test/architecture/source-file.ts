/** What the architecture rules need to know of a source file, read from its syntax tree: its imports and its inexact arithmetic. */

import ts from 'typescript';

export interface SourceFacts {
  /** Module specifiers of import and export declarations, `import()` calls and `import('…')` types, in order. */
  imports: string[];
  /** Expressions whose value depends on the machine, the moment or the JavaScript engine, with their lines. */
  inexact: { what: string; line: number }[];
}

/** Members of Math whose result the language defines to the last bit; the others may differ between engines. */
const exactMath = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'.split(
    ' ',
  ),
);

/** Clocks and sources of chance. */
const unrepeatable = new Set(
  'Date.now performance.now process.hrtime crypto.getRandomValues crypto.randomUUID'.split(' '),
);

/** Parses TypeScript, with JSX if `jsx`; comments and strings can't deceive it. */
export function sourceFacts(text: string, jsx = false): SourceFacts {
  const file = ts.createSourceFile(jsx ? 'source.tsx' : 'source.ts', text, ts.ScriptTarget.ES2022, true);
  const facts: SourceFacts = { imports: [], inexact: [] };
  const visit = (node: ts.Node): void => {
    const specifier = importedModule(node);
    if (specifier !== undefined) facts.imports.push(specifier);
    const what = inexactExpression(node);
    if (what !== undefined) {
      facts.inexact.push({ what, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return facts;
}

function importedModule(node: ts.Node): string | undefined {
  let specifier: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) specifier = node.moduleSpecifier;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    specifier = node.argument.literal;
  else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    specifier = node.arguments[0];
  }
  return specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}

function inexactExpression(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`;
    if (node.expression.text === 'Math' && !exactMath.has(node.name.text)) return member;
    if (unrepeatable.has(member)) return member;
  }
  if (ts.isIdentifier(node) && node.text === 'Math' && !ts.isPropertyAccessExpression(node.parent)) {
    return 'Math itself, taken apart or passed on';
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return 'new Date()';
  if (ts.isBinaryExpression(node) && isPower(node.operatorToken.kind) && !isPowerOfTwo(node)) return '**';
  return undefined;
}

function isPower(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken
  );
}

/** `2 ** n` with n written out, which every engine gets right. */
function isPowerOfTwo(power: ts.BinaryExpression): boolean {
  const exponent = ts.isPrefixUnaryExpression(power.right) ? power.right.operand : power.right;
  return power.left.getText() === '2' && ts.isNumericLiteral(exponent);
}

import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.mjs';

const entries = ['src/index.ts', 'src/runs/index.ts', 'src/theory/index.ts', 'src/trials/index.ts'].map(
  (path) => join(root, path),
);

test('everything the library exports has a docstring', () => {
  const options = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  };
  const program = ts.createProgram(entries, options);
  const checker = program.getTypeChecker();
  const bare: string[] = [];
  const visit = (module: ts.Symbol, prefix: string): void => {
    for (const exported of checker.getExportsOfModule(module)) {
      const alias = exported.flags & ts.SymbolFlags.Alias;
      const symbol = alias ? checker.getAliasedSymbol(exported) : exported;
      const name = prefix + exported.name;
      if (symbol.flags & ts.SymbolFlags.ValueModule) visit(symbol, `${name}.`);
      else if (symbol.getDocumentationComment(checker).length === 0) bare.push(name);
    }
  };
  for (const entry of entries) {
    const file = program.getSourceFile(entry) as ts.SourceFile;
    visit(checker.getSymbolAtLocation(file) as ts.Symbol, `${relative(root, entry)} `);
  }
  expect(bare).toEqual([]);
});

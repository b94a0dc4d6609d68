// Before the tests in several versions of Node: finds or fetches these, and the one that runs the tests in any case.

import type { TestProject } from 'vitest/node';
import { type FoundNode, findNode, nodeMajors } from '../../scripts/find-node.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    nodes: FoundNode[];
  }
}

export default async function setup(project: TestProject): Promise<void> {
  const running = Number.parseInt(process.versions.node, 10);
  const nodes: FoundNode[] = [];
  // One after the other: npm processes side by side wait for each other anyway.
  for (const major of new Set([running, ...nodeMajors])) nodes.push(await findNode(major));
  for (const node of nodes) if ('problem' in node) console.warn(`${node.problem}; its tests are skipped.`);
  project.provide('nodes', nodes);
}
